// The whole boundary between Swift and LibTorch: plain C, no C++ type crosses it.
//
// Rules that every function keeps:
//  * It never throws. Failures return NULL (or false) and fill `TSError *`, always the last parameter, which the caller
//    frees with `ts_error_free`.
//  * A `TSTensor` that is returned is owned by the caller (one retained TensorImpl); arguments are borrowed.
//  * Dimensions, sizes and indices are `intptr_t`, which Swift sees as `Int`; a list is a pointer and a count.
//
// One header and one source file per concept.
#ifndef CTORCHSHIM_H
#define CTORCHSHIM_H

#include "TSBase.h"
#include "TSError.h"
#include "TSTensor.h"
#include "TSRuntime.h"
#include "TSArithmetic.h"
#include "TSAutograd.h"
#include "TSCreation.h"
#include "TSDropout.h"
#include "TSDispatcher.h"
#include "TSMatrix.h"
#include "TSReduction.h"
#include "TSShape.h"

#include "TSActivation.h"
#include "TSAutocast.h"
#include "TSConvolution.h"
#include "TSFactorizedConvolution.h"
#include "TSWinogradConvolution.h"
#include "TSFieldNormalization.h"
#include "TSFourier.h"
#include "TSLinearAlgebra.h"
#include "TSLoss.h"
#include "TSNormalization.h"
#include "TSPooling.h"
#include "TSProcessGroup.h"
#include "TSRecomputation.h"
#include "TSResampling.h"
#include "TSScript.h"
#include "TSSmoothedPooling.h"

#endif
