#include "Results.hpp"

#include <ATen/ops/linalg_cholesky.h>
#include <ATen/ops/linalg_det.h>
#include <ATen/ops/linalg_eigh.h>
#include <ATen/ops/linalg_inv.h>
#include <ATen/ops/linalg_lstsq.h>
#include <ATen/ops/linalg_matrix_exp.h>
#include <ATen/ops/linalg_matrix_norm.h>
#include <ATen/ops/linalg_pinv.h>
#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/linalg_slogdet.h>
#include <ATen/ops/linalg_solve.h>
#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/linalg_svdvals.h>

using namespace steerable;

TSTensor ts_inverse(TSTensor matrix, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::linalg_inv(unwrap(matrix))); });
}

TSTensor ts_solve(TSTensor matrix, TSTensor right, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::linalg_solve(unwrap(matrix), unwrap(right))); });
}

bool ts_svd(TSTensor matrix, bool isFull, TSTensor *results, TSError *error) noexcept {
  return guard(error, [&] { return wrapAll(at::linalg_svd(unwrap(matrix), isFull), results); });
}

TSTensor ts_singular_values(TSTensor matrix, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::linalg_svdvals(unwrap(matrix))); });
}

bool ts_qr(TSTensor matrix, bool isComplete, TSTensor *results, TSError *error) noexcept {
  return guard(error, [&] {
    return wrapAll(at::linalg_qr(unwrap(matrix), isComplete ? "complete" : "reduced"), results);
  });
}

bool ts_eigh(TSTensor matrix, TSTensor *results, TSError *error) noexcept {
  return guard(error, [&] { return wrapAll(at::linalg_eigh(unwrap(matrix)), results); });
}

TSTensor ts_cholesky(TSTensor matrix, bool isUpper, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::linalg_cholesky(unwrap(matrix), isUpper)); });
}

TSTensor ts_determinant(TSTensor matrix, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::linalg_det(unwrap(matrix))); });
}

bool ts_log_determinant(TSTensor matrix, TSTensor *results, TSError *error) noexcept {
  return guard(error, [&] { return wrapAll(at::linalg_slogdet(unwrap(matrix)), results); });
}

TSTensor ts_matrix_norm(TSTensor matrix, const char *order, double numericOrder, TSError *error) noexcept {
  return guard(error, [&] {
    if (order) return wrap(at::linalg_matrix_norm(unwrap(matrix), c10::string_view(order)));
    return wrap(at::linalg_matrix_norm(unwrap(matrix), at::Scalar(numericOrder)));
  });
}

TSTensor ts_pseudo_inverse(TSTensor matrix, double tolerance, TSError *error) noexcept {
  return guard(error, [&] {
    std::optional<double> relative = tolerance < 0 ? std::nullopt : std::optional<double>(tolerance);
    return wrap(at::linalg_pinv(unwrap(matrix), std::optional<double>(), relative));
  });
}

TSTensor ts_least_squares(TSTensor matrix, TSTensor right, TSError *error) noexcept {
  return guard(error, [&] {
    // The default driver assumes full rank; on the CPU gelsd also solves rank-deficient systems.
    const at::Tensor a = retained(matrix);
    std::optional<c10::string_view> driver;
    if (a.device().is_cpu()) driver = "gelsd";
    return wrap(std::get<0>(at::linalg_lstsq(a, unwrap(right), std::nullopt, driver)));
  });
}

TSTensor ts_matrix_exponential(TSTensor matrix, TSError *error) noexcept {
  return guard(error, [&] { return wrap(at::linalg_matrix_exp(unwrap(matrix))); });
}
