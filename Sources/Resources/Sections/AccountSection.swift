import Basics
package import Blueprints
import Reconciling

/// `system.groups` and `system.users`.
package enum AccountSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        for group in blueprint.system.groups {
            context.add(
                GroupResource(
                    group.name.value,
                    gid: group.gid.map { UInt32($0.value) },
                    isSystem: group.isSystem,
                    Declaration(at: group.range)
                )
            )
        }
        for user in blueprint.system.users {
            context.add(
                UserResource(user.name.value, state(user), isSystem: user.isSystem, Declaration(at: user.range))
            )
        }
    }

    private static func state(_ user: UserDeclaration) -> UserResource.State {
        let keys = user.authorizedKeys?.map(\.value)
        return UserResource.State(
            uid: user.uid.map { UInt32($0.value) },
            group: user.group?.value,
            groups: user.groups?.map(\.value) ?? [],
            home: user.home?.value,
            hasHome: user.home != nil || !user.isSystem || keys != nil ? true : nil,
            shell: user.shell?.value,
            comment: user.comment?.value,
            authorizedKeys: keys.map { $0.map { $0 + "\n" }.joined() }
        )
    }
}
