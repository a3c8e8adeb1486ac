internal import Foundation
internal import Tensors
internal import Training
internal import Visualization

/// The one-page report of the demo.
struct DemoReport {
  enum Picture: Hashable { case sources, learning, rotation, errors, fields }

  let result: DemoStudy.Result
  let steerable: Experiment
  let plain: Experiment
  let verification: Verification
  let pictures: [Picture: Data]

  var page: Report {
    Report(
      "What equivariance buys", summary: summary,
      sections: [
        .init(
          "Result",
          [
            .table(
              header: ["network", "weights", "training", "upright", "all angles", "worst angle"],
              rows: result.networks.map { network in
                [
                  network.name, "\(network.parameters)", String(format: "%.0f s", network.seconds),
                  percent(network.upright), percent(network.rotated),
                  percent(network.curve.map(\.accuracy).min() ?? 0),
                ]
              }),
            picture(
              .rotation, "Test accuracy against the rotation of the images. Both networks saw upright sources only."),
          ]),
        .init(
          "Data",
          [
            .text(
              "Simulated FR I (edge-darkened) and FR II (edge-brightened) radio galaxies with bent jets, beam and noise; "
                + "the jet axis of every source lies within a few degrees of the vertical. Total flux and extent have the same "
                + "distribution in both classes, so the answer lies in how the brightness runs along the jets."),
            picture(.sources, "Six sources of each class."),
          ]),
        .init("Training", [picture(.learning, "Accuracy during training.")]),
        .init(
          "Equivariance",
          [
            .text(
              String(
                format: "In double precision every layer of the trained C8 network is equivariant under rotations by "
                  + "90°, and its answer invariant, up to %.1e. At other angles an image must be resampled: the curve shows the "
                  + "error of resampling and that of the sampled filters together.", result.latticeError)),
            picture(
              .errors, "Relative change of the logits under rotation, in double precision, on smooth random images."),
            picture(
              .fields,
              "A scalar and a vector feature field of an untrained C16 network while its input turns; turned back, they "
                + "stand still."),
          ]),
        .init("How to reproduce", [.code("make demo"), .code(steerable.resolved.yaml), .code(plain.resolved.yaml)]),
        .init(
          "Versions",
          [
            .table(
              header: ["what", "value"],
              rows: [
                ["LibTorch", Torch.version], ["threads", "\(Torch.threads)"],
                ["system", ProcessInfo.processInfo.operatingSystemVersionString],
                ["seed", "\(steerable.configuration.seed)"], ["time", String(format: "%.0f s", result.seconds)],
              ])
          ]),
      ])
  }

  private var summary: String {
    guard let first = result.networks.first, let second = result.networks.last else { return "" }
    return "Trained on upright radio galaxies and tested at every angle, the \(first.name) network keeps "
      + "\(percent(first.rotated)) of its answers right, the \(second.name) \(percent(second.rotated))."
  }

  private func percent(_ fraction: Double) -> String { String(format: "%.1f %%", 100 * fraction) }

  private func picture(_ picture: Picture, _ caption: String) -> Report.Block {
    .picture(pictures[picture] ?? Data(), mediaType: picture == .fields ? "image/gif" : "image/png", caption: caption)
  }
}
