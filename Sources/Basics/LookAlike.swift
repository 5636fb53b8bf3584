/// Characters that look like those of YAML and are others: what input methods and word processors write.
package enum LookAlike {
    private static let plain: [Character: String] = [
        "：": "`:` and a blank", "，": "`,`", "＝": "`=`", "“": "`\"`", "”": "`\"`", "‘": "`'`", "’": "`'`", "［": "`[`",
        "］": "`]`",
        "｛": "`{`", "｝": "`}`", "（": "`(`", "）": "`)`", "－": "`-`", "—": "`-`", "–": "`-`", "＞": "`>`", "＜": "`<`",
        "≥": "`>=`",
        "≤": "`<=`", "\u{A0}": "a plain blank", "\u{3000}": "a plain blank", "％": "`%`", "＃": "`#`",
    ]

    /// What to say of a text that holds one; nil where it holds none.
    package static func hint(in text: some StringProtocol) -> String? {
        for character in text {
            if let meant = plain[character] {
                let shown = character.isWhitespace ? "a no-break or full-width blank" : "`\(character)`"
                return "\(shown) stands here for \(meant)"
            }
        }
        return nil
    }
}
