/// By which fact a device was judged, and what stands for the device in the paths of that fact's files.
struct EvidenceOfDevice {
    var fact: String
    var key: String?
    /// Its PCI address, where the key is a name.
    var address: String?
    var vendor: String?
}
