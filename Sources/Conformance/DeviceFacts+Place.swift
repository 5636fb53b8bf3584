import Inventory

extension DeviceFacts {
    /// Where someone finds it: its address, and what is written at its slot.
    var place: String { address + (slot.map { " (slot \($0))" } ?? "") }
}
