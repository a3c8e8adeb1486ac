/// A configuration file in the form in which the radio-galaxy study was published.
package enum OriginalConfiguration {
  /// A plain LeNet on confident MiraBest.
  package static let text = """
    # Plain LeNet
    [model]
    base: 'VanillaLeNet'
    nrot: None
    early_stopping: True
    quiet: True

    [data]
    dataset: 'MBFRConfident'     # MBFRConfident, MBFRUncertain, ...
    datadir: 'mirabest'
    datamean: 0.0031
    datastd: 0.0350

    [training]
    batch_size: 50
    frac_val: 0.2
    epochs: 600
    imsize: 150
    num_classes: 2
    lr0: 1e-4
    decay: 1e-6

    [output]
    csvfile: 'mirabest_lenet.csv'
    modfile: 'mirabest_lenet.pt'

    [metrics]
    outputdir: 'mb_lenet'

    """
}
