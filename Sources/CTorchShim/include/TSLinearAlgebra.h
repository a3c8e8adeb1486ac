// Linear algebra of matrices in the last two axes.
#ifndef TSLINEARALGEBRA_H
#define TSLINEARALGEBRA_H

#include "TSTensor.h"

TS_BEGIN

TSTensor _Nullable ts_inverse(TSTensor matrix, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_solve(TSTensor matrix, TSTensor right, TSError *error) TS_NOEXCEPT;
/// `results` receives U, S and Vᴴ.
bool ts_svd(TSTensor matrix, bool isFull, TSTensor _Nullable *_Nonnull results, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_singular_values(TSTensor matrix, TSError *error) TS_NOEXCEPT;
/// `results` receives Q and R.
bool ts_qr(TSTensor matrix, bool isComplete, TSTensor _Nullable *_Nonnull results, TSError *error) TS_NOEXCEPT;
/// `results` receives eigenvalues in ascending order and eigenvectors in columns.
bool ts_eigh(TSTensor matrix, TSTensor _Nullable *_Nonnull results, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_cholesky(TSTensor matrix, bool isUpper, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_determinant(TSTensor matrix, TSError *error) TS_NOEXCEPT;
/// `results` receives the sign and the logarithm of the magnitude.
bool ts_log_determinant(TSTensor matrix, TSTensor _Nullable *_Nonnull results, TSError *error) TS_NOEXCEPT;
/// `order` is fro or nuc; where NULL, `numericOrder` is used.
TSTensor _Nullable ts_matrix_norm(TSTensor matrix, const char *_Nullable order, double numericOrder, TSError *error) TS_NOEXCEPT;
/// Singular values below `tolerance` times the largest count as zero; a negative tolerance chooses by dtype.
TSTensor _Nullable ts_pseudo_inverse(TSTensor matrix, double tolerance, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_least_squares(TSTensor matrix, TSTensor right, TSError *error) TS_NOEXCEPT;
TSTensor _Nullable ts_matrix_exponential(TSTensor matrix, TSError *error) TS_NOEXCEPT;

TS_END
#endif
