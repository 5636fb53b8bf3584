/// The state of a resource as its kind sees it. Differences, plans, reports and the journal are made of its attributes.
package protocol ResourceState: Equatable, Codable, Sendable {
    /// Declared states list what is declared and no more; observed ones all that they can tell.
    var attributes: [StateAttribute] { get }
}

/// One aspect of a state, in words.
package struct StateAttribute: Hashable, Sendable, Codable {
    package var name: String
    /// What is compared and shown.
    package var value: String
    /// The long text that `value` stands for, where a difference is best shown line by line.
    package var text: String?
    /// Why it cannot be told here: such an attribute is neither met nor drift.
    package var notApplicable: String?

    package init(_ name: String, _ value: String, text: String? = nil) {
        self.name = name
        self.value = value
        self.text = text
    }

    /// What stands for a value that may be a secret.
    static let hidden = "‹not shown›"

    /// For what cannot be told on this node: `running` of a tree that is not running.
    package static func notApplicable(_ name: String, because reason: String) -> StateAttribute {
        var attribute = StateAttribute(name, "")
        attribute.notApplicable = reason
        return attribute
    }
}
