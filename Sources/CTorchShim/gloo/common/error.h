// LibTorch's header asks for this file and uses nothing of it; see ../README.md.
#pragma once
