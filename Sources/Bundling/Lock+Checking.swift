import Basics
import Signing

extension Lock {
    /// Whether this lock is of that request: the same blueprint and target, and everything that it names.
    package func check(against request: BundleRequest) throws(BundleError) {
        let again = "`millwright lock` resolves it again"
        func refuse(_ why: String) -> BundleError {
            .lock(4004, "the lock does not fit the blueprint `\(request.file.name)`: \(why)", hints: [again])
        }
        let digest = Digest(of: request.file.bytes)
        guard blueprint.digest == digest else {
            throw refuse("the blueprint was changed since; it was `\(blueprint.digest.short)` and is `\(digest.short)`")
        }
        guard target == request.target else { throw refuse("it is for \(target), but \(request.target) is asked for") }
        for file in request.files where self.file(file.name) == nil { throw refuse("it lacks the file `\(file.name)`") }
        try check(artifacts: request.artifacts, from: request.file.directory, of: request.file.name, anywhere: false)
        let wanted = request.packages.map(\.spelling)
        if let missing = wanted.first(where: { !packages.contains($0) }) {
            throw refuse("it was made without the package `\(missing)`")
        }
        if let extra = packages.first(where: { !wanted.contains($0) }) {
            throw refuse("it was made with the package `\(extra)`, which is not asked for now")
        }
    }

    /// Whether each artifact is what was locked: parameters may name other sources now. A blueprint that was carried to a
    /// node finds the same things at other places there: with `anywhere` their names alone must be the same.
    package func check(
        artifacts: [ArtifactRequest],
        from directory: String?,
        of file: String,
        anywhere: Bool
    ) throws(BundleError) {
        func refuse(_ why: String) -> BundleError {
            .lock(
                4004,
                "the lock does not fit the blueprint `\(file)`: \(why)",
                hints: ["`millwright lock` resolves it again"]
            )
        }
        for artifact in artifacts {
            guard let locked = self.artifact(artifact.name) else {
                throw refuse("it lacks the artifact `\(artifact.name)`")
            }
            let spelling = artifact.spelling(from: directory)
            func names(_ sources: [String]) -> [Substring?] { sources.map { $0.split(separator: "/").last } }
            guard locked.declared == spelling || anywhere && names(locked.declared) == names(spelling) else {
                throw refuse(
                    "the artifact `\(artifact.name)` was locked from \(locked.declared.joined(separator: ", ")), "
                        + "and comes from \(spelling.joined(separator: ", ")) now"
                )
            }
            guard locked.unpack == artifact.unpack else {
                throw refuse("the artifact `\(artifact.name)` is unpacked otherwise")
            }
            if let declared = artifact.digest, locked.files.first?.digest != declared {
                throw refuse("the artifact `\(artifact.name)` has another digest")
            }
        }
    }
}
