// A training from code instead of a configuration: the same trainer, the same checkpoints.
import Datasets
import Experiments
import Foundation
import Training

let experiment = try Experiment(path: "Configs/demo/c8.yaml")
let outcome = try experiment.train(output: "runs/c8", observers: [ProgressBar()])
if let test = outcome.test { print("accuracy \(test.accuracy)") } else { print("interrupted") }
