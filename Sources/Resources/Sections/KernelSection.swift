import Basics
package import Blueprints
import Reconciling

/// `system.kernel.sysctl` and `system.kernel.modules`.
package enum KernelSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        let kernel = blueprint.system.kernel
        for (key, value) in kernel.sysctl {
            context.add(SysctlResource(key.value, value: value.value, Declaration(at: key.range)))
        }
        for name in kernel.loadedModules {
            context.add(KernelModuleResource(name.value, .load, Declaration(at: name.range)))
        }
        for name in kernel.blacklistedModules {
            context.add(KernelModuleResource(name.value, .blacklist, Declaration(at: name.range)))
        }
    }
}
