package import Conformance

/// Diagnoses as people read them.
package enum DiagnosisText {
    package static func render(_ diagnoses: [Diagnosis]) -> String {
        guard !diagnoses.isEmpty else { return "nothing is wrong, as far as the facts tell\n" }
        return diagnoses.map { it in
            var text = "\(it.rule): \(it.symptom)\n"
            for place in it.places { text += "    \(TextTable.clean(place))\n" }
            return text + "  likely cause: \(it.cause)\n  remedy: \(it.remedy)\n  known from: \(it.source)\n"
        }.joined(separator: "\n")
    }
}
