"""Makes Tests/Goldens/homogenization.json: effective tensors of small random cells by an independent dense solver.

Needs NumPy only. Bilinear elements are integrated with 3×3 Gauss points (the library uses 2×2), assembled into a dense
matrix and solved with two displacements fixed, without the tricks of the library.
"""

import json
import pathlib

import numpy as np


def isotropic(modulus, ratio, plane):
    if plane == "plane-stress":
        factor = modulus / (1 - ratio**2)
        return factor * np.array([[1, ratio, 0], [ratio, 1, 0], [0, 0, (1 - ratio) / 2]])
    factor = modulus / ((1 + ratio) * (1 - 2 * ratio))
    return factor * np.array([[1 - ratio, ratio, 0], [ratio, 1 - ratio, 0], [0, 0, (1 - 2 * ratio) / 2]])


def strain_matrices():
    """Pairs of weight and B at the Gauss points; axis 0 points up, axis 1 to the right."""
    points = [(-np.sqrt(0.6), 5 / 9), (0.0, 8 / 9), (np.sqrt(0.6), 5 / 9)]
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    for s, ws in points:
        for t, wt in points:
            b = np.zeros((3, 8))
            for k, (a, c) in enumerate(corners):
                up, right = a * (1 + c * t) / 2, c * (1 + a * s) / 2
                b[:, 2 * k] = [up, 0, right]
                b[:, 2 * k + 1] = [0, right, up]
            yield ws * wt / 4, b


def homogenized(image, solid, void):
    height, width = image.shape
    count = 2 * height * width
    stiffness, forces, mean = np.zeros((count, count)), np.zeros((count, 3)), np.zeros((3, 3))
    for row in range(height):
        for column in range(width):
            c = image[row, column] * solid + (1 - image[row, column]) * void
            corners = [(row + 1, column), (row, column), (row, column + 1), (row + 1, column + 1)]
            nodes = [(r % height) * width + q % width for r, q in corners]
            dofs = np.array([[2 * n, 2 * n + 1] for n in nodes]).ravel()
            for weight, b in strain_matrices():
                np.add.at(stiffness, (dofs[:, None], dofs[None, :]), weight * b.T @ c @ b)
                np.add.at(forces, dofs, weight * b.T @ c)
            mean += c
    fluctuation = np.linalg.solve(stiffness[2:, 2:], forces[2:])
    return (mean - forces[2:].T @ fluctuation) / (height * width)


def main():
    random = np.random.RandomState(0)
    cases = []
    for height, width, gray, void, plane in [
        (6, 6, False, 1e-3, "plane-stress"), (5, 8, False, 1e-2, "plane-strain"), (7, 4, True, 1e-3, "plane-stress"),
        (2, 3, True, 0.1, "plane-strain"),
    ]:
        image = random.rand(height, width)
        if not gray:
            image = (image > 0.4).astype(float)
        image = np.round(image, 3)
        solid = isotropic(1.7, 0.31, plane)
        q = homogenized(image, solid, void * solid)
        cases.append({
            "height": height, "width": width, "densities": image.ravel().tolist(), "plane": plane,
            "youngsModulus": 1.7, "poissonsRatio": 0.31, "voidStiffness": void,
            "components": [q[0, 0], q[0, 1], q[0, 2], q[1, 1], q[1, 2], q[2, 2]],
        })
    target = pathlib.Path(__file__).resolve().parent.parent / "Tests/Goldens/homogenization.json"
    target.write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
