extension LanguageWords {
    /// From drivers up to what runs.
    static let layers = #"""
        drivers | The layer between hardware and frameworks. It expands into packages, modules, services and files. | {nvidia: {version: "535.129.03", modules: open}, cuda: "12.1"}
        drivers.nvidia | NVIDIA's driver; it blacklists nouveau. | {version: "535.129.03", modules: open, fabricManager: true}
        drivers.nvidia.version | The release to the last digit. | "535.129.03"
        drivers.nvidia.modules | Which kernel modules. | open | proprietary
        drivers.nvidia.fabricManager | Fabric Manager, which NVSwitches need: of the driver's version, or of the one that is given. | true | false
        drivers.nvidia.persistence | The persistence daemon. | true | false
        drivers.nvidia.peermem | GPUDirect RDMA: the module nvidia_peermem. | true | false
        drivers.nvidia.gds | GPUDirect Storage: the module nvidia_fs. | true | false
        drivers.cuda | The CUDA toolkit. | "12.1"
        drivers.nccl | NCCL. | "2.18"
        drivers.rdma | The RDMA stack. | {stack: inbox}
        drivers.rdma.stack | The distribution's own, or a vendor's. | inbox
        drivers.rdma.version | Of a vendor's stack. | "23.10-1.1.9"
        drivers.ascend | Huawei's driver for Ascend NPUs. | {driver: "25.2.0", cann: "8.1"}
        drivers.ascend.driver | Its release. | "25.2.0"
        drivers.ascend.firmware | The release of the firmware. | "7.7.0.6"
        drivers.ascend.cann | The release of the toolkit. | "8.1"
        python | The framework layer: virtual environments with what pip resolves. | [{name: training, path: /opt/envs/training, interpreter: python3.10, requirements: ["torch==2.1.0"]}]
        python.name | Its name. | training
        python.path | Where it stands. | /opt/envs/training
        python.interpreter | Its Python. | python3.10 | python3
        python.requirements | What pip resolves, with all that it needs. | ["torch==2.1.0"]
        python.cuda | The CUDA release that the wheels are built for, where they are not the public ones. | "12.1"
        containers | The middleware layer without Kubernetes. | {engine: docker, gpuToolkit: true}
        containers.engine | What runs containers. | docker
        containers.gpuToolkit | NVIDIA's container toolkit: the newest, or a version. | true | false
        containers.images | Images that the node holds, so that nothing is pulled when a container starts. | ["registry.example.com/app:1.0"]
        containers.images.image | Its reference; a digest makes sure that it stays the same. | registry.example.com/app:1.0
        containers.images.contents | What is in it, so that `validate` can say whether it works together. | {torch: "2.1.0", cuda: "12.1", nccl: "2.18"}
        containers.images.contents.* | The release. | "2.1.0"
        containers.images.build | Who built its frameworks, where they are not the public wheels. | ngc
        containers.services | Containers that run as services. | [{name: trainer, image: "registry.example.com/app:1.0", gpus: all}]
        containers.services.name | Its name. | trainer
        containers.services.image | What it runs. | registry.example.com/app:1.0
        containers.services.command | The command in it, where it is not the image's own. | "serve --port 8080"
        containers.services.gpus | `all`, or how many. | all
        containers.services.volumes | What of the node it sees: `/HOST:/CONTAINER`, with `:ro` only to read. | ["/models:/models:ro"]
        containers.services.ports | `HOST:CONTAINER`. | ["8080:8080"]
        containers.services.environment | Environment variables. | {NCCL_IB_HCA: mlx5}
        containers.services.environment.* | The value. | mlx5
        containers.services.restart | When it is started again. | always | always
        kubernetes | The middleware layer with Kubernetes: what the node needs before it can be one of a cluster. | {distribution: kubeadm, version: "1.28", role: worker}
        kubernetes.distribution | Which one. | kubeadm
        kubernetes.version | Its release. | "1.28"
        kubernetes.role | What the node is in the cluster. | worker | worker
        models | The application layer: weights and what belongs to them. | [{name: llama-2-7b, source: "hf://meta-llama/Llama-2-7b-hf@01c7f73d771dfac7d292323805ebc428287df4f9", path: /models/llama-2-7b}]
        models.name | Its name. | llama-2-7b
        models.source | Where it comes from, with a revision that does not change. | "hf://meta-llama/Llama-2-7b-hf@01c7f73d771dfac7d292323805ebc428287df4f9"
        models.include | Patterns of the files that are taken. | ["*.safetensors", "*.json", "tokenizer*"] | all
        models.path | Where it stands. | /models/llama-2-7b
        models.format | What its weights are. | safetensors
        models.allowPickle | That pickle files are taken, which run code when they are loaded. | true | false
        models.owner | Who owns it, by name or number. | operator | root
        models.group | Which group owns it, by name or number. | ml | root
        models.mode | Of its files. | "0644" | 0644
        artifacts | Anything else that is fetched and, if wanted, unpacked. | [{name: nccl-tests, sources: ["https://mirror.example.com/nccl-tests-2.13.tar.zst"], unpack: {to: /opt/nccl-tests, strip: 1}}]
        artifacts.name | Its name. | nccl-tests
        artifacts.sources | Where it comes from, tried in order. | ["https://mirror.example.com/nccl-tests-2.13.tar.zst", "file:vendor/nccl-tests.tar.zst"]
        artifacts.wheels | Instead of sources: requirements that pip resolves, with all that they need. | ["torch==2.1.0"]
        artifacts.python | The Python that wheels are for. | "3.10" | the release's own
        artifacts.digest | What its content must be. | sha256:434728a410a78f56fc1b5899c3593436e61ab0c731e9072d95e96db290205e53
        artifacts.path | Where the file stands; for wheels, the folder. | /opt/app/app.bin
        artifacts.owner | Who owns it, by name or number. | root | root
        artifacts.group | Which group owns it, by name or number. | root | root
        artifacts.mode | Three or four octal digits. | "0644" | 0644
        artifacts.after | What must be done before. | ["package:chrony"]
        artifacts.notify | Units that are restarted when it changes. | [app.service]
        artifacts.unpack | That it is an archive, and what becomes of it: nothing of it comes to stand outside its target. | {to: /opt/nccl-tests, strip: 1}
        artifacts.unpack.to | The folder that it becomes; it is put in place whole. | /opt/nccl-tests
        artifacts.unpack.strip | Leading components that are taken off each name. | 1 | 0
        artifacts.unpack.include | Patterns of what is kept. | ["bin/*"] | all
        artifacts.unpack.owner | Who owns all of it. | root | root
        artifacts.unpack.group | Which group owns all of it. | root | root
        tuning | Settings for speed, and what is to run. | {gpus: {clocks: "1500 MHz"}, cpu: {governor: performance}}
        tuning.gpus | Of every GPU; set by a unit at every boot. | {clocks: "1500 MHz", powerLimit: "700 W"}
        tuning.gpus.clocks | The graphics clock; it must be one that the GPU supports. | "1500 MHz"
        tuning.gpus.memoryClocks | The memory clock. | "2619 MHz"
        tuning.gpus.powerLimit | The power limit. | "700 W"
        tuning.cpu | Of every processor. | {governor: performance}
        tuning.cpu.governor | What decides its clock; set by a unit at every boot. | performance
        tuning.workloads | Models and what is done with them: `validate` says whether it fits. | [{model: llama-2-7b, task: finetune, gpus: 8, zeroStage: 3}]
        tuning.workloads.model | One that we know, or with `parameters` any. | llama-2-7b
        tuning.workloads.task | What is done. | finetune
        tuning.workloads.write | The file that gets the settings. | /etc/millwright/llama-2-7b.json
        tuning.workloads.parameters | Its size, where it is none that we know. | 7B
        tuning.workloads.gpus | How many GPUs it runs on, of all nodes together. | 8 | all of the node
        tuning.workloads.precision | Of the weights. | bf16 | bf16
        tuning.workloads.tensorParallel | GPUs that share each layer. | 8 | 1
        tuning.workloads.pipelineParallel | GPUs that share the row of layers. | 1 | 1
        tuning.workloads.dataParallel | Copies of the model. | 1
        tuning.workloads.zeroStage | What DeepSpeed's ZeRO spreads: 1 optimizer states, 2 gradients too, 3 weights too. | 3 | 0
        tuning.workloads.microBatch | Samples a GPU takes at once. | 4
        tuning.workloads.gradientAccumulation | Steps before the weights change. | 8
        tuning.workloads.globalBatch | Samples between two changes of the weights: micro batch × accumulation × copies. | 256
        tuning.workloads.deepspeed | DeepSpeed's own settings, checked for what it knows. | {zero_optimization: {stage: 3}}
        monitoring | Who watches the node. | {exporters: [node], prometheus: {retention: 30d, scrape: [node]}}
        monitoring.exporters | What the node tells about itself. | [node, gpu]
        monitoring.prometheus | Prometheus on the node. | {retention: 30d, scrape: [node]}
        monitoring.prometheus.retention | How long it remembers. | 30d
        monitoring.prometheus.scrape | Which exporters it asks. | [node, gpu]
        monitoring.alerts | What must hold; where it does not for five minutes, Prometheus alerts. | {gpuTemperature: "< 85 C"}
        monitoring.alerts.gpuUtilisation | How busy the GPUs are. | {train: "70..90 %"}
        monitoring.alerts.gpuUtilisation.train | While training. | "70..90 %"
        monitoring.alerts.gpuUtilisation.serve | While serving. | "40..60 %"
        monitoring.alerts.gpuTemperature | The temperature of each GPU. | "< 85 C"
        monitoring.alerts.gpuMemory | How much of a GPU's memory is in use. | "< 95 %"
        monitoring.alerts.filesystemUse | How much of a file system is in use. | "< 90 %"
        monitoring.dashboards | Grafana on the node, with Prometheus as its source. | true | false
        monitoring.remedies | What an operator is told to do: for people; `validate` warns of remedies that mend nothing. | [{symptom: NCCL times out, action: "look at the ports' error counters"}]
        monitoring.remedies.symptom | What is seen. | NCCL times out
        monitoring.remedies.action | What to do about it. | "look at the ports' error counters"
        """#
}
