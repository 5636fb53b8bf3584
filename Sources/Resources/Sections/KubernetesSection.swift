import Basics
package import Blueprints
import Reconciling

/// `kubernetes`: what a node needs before it can be one of a cluster.
package enum KubernetesSection: SectionCompiler {
    package static func compile(_ blueprint: Blueprint, into context: inout Compilation) {
        guard let kubernetes = blueprint.kubernetes, kubernetes.isWanted else { return }
        let range = kubernetes.range
        if kubernetes.distribution?.value == .kubeadm {
            for name in ["kubeadm", "kubelet", "kubectl"] {
                context.imply(package: name, versions: kubernetes.version?.value.releaseRange, at: range)
            }
            for name in ["overlay", "br_netfilter"] {
                context.imply(KernelModuleResource(name, .load, Declaration(at: range)))
            }
            for key in ["net.ipv4.ip_forward", "net.bridge.bridge-nf-call-iptables"] {
                context.imply(SysctlResource(key, value: "1", Declaration(at: range)))
            }
            // Until the node has joined, it starts and ends every few seconds: that is as it should be.
            context.imply(ServiceWish(unit: "kubelet.service", running: nil, declaration: Declaration(at: range)))
        }
        let role = kubernetes.role?.value.rawValue ?? "worker"
        context.add(
            UnsupportedResource(
                "cluster-node",
                role,
                instead: role == "control-plane" ? "run `kubeadm init` by hand" : "run `kubeadm join` by hand",
                Declaration(at: range)
            )
        )
    }
}
