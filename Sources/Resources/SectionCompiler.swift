package import Blueprints

/// Turns one section of a blueprint into resources. A new section is one such type and one line in ``BlueprintCompiler``.
package protocol SectionCompiler: SendableMetatype {
    static func compile(_ blueprint: Blueprint, into context: inout Compilation)
}
