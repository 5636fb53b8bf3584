"""/proc/cpuinfo of the processors that the machines have: what differs from one thread to the next is left open."""

X86 = ("processor\t: {{cpu}}\nvendor_id\t: {maker}\ncpu family\t: {family}\nmodel\t\t: {number}\nmodel name\t: {{model}}\nstepping\t: {stepping}\n"
       "microcode\t: {microcode}\ncpu MHz\t\t: {speed}\ncache size\t: {cache} KB\nphysical id\t: {{socket}}\nsiblings\t: {{siblings}}\n"
       "core id\t\t: {{core}}\ncpu cores\t: {{cores}}\nfpu\t\t: yes\nflags\t\t: {flags}\n"
       "bogomips\t: 4000.00\naddress sizes\t: 52 bits physical, 57 bits virtual\n")
SAPPHIRE = X86.format(maker="GenuineIntel", family=6, number=143, stepping=8, microcode="0x2b0004b1", speed="3000.000", cache=107520,
                      flags="fpu sse2 ht vmx avx2 avx512f avx512_bf16 avx512_fp16 amx_bf16 amx_tile amx_int8 la57")
ICELAKE = X86.format(maker="GenuineIntel", family=6, number=106, stepping=6, microcode="0xd0003b9", speed="2300.000", cache=61440,
                     flags="fpu sse2 ht vmx avx2 avx512f avx512_vnni la57")
GENOA = X86.format(maker="AuthenticAMD", family=25, number=17, stepping=1, microcode="0xa10113e", speed="3250.000", cache=1024,
                   flags="fpu sse2 ht svm avx2 avx512f avx512_bf16 avx512_vnni")
GUEST = X86.format(maker="GenuineIntel", family=6, number=85, stepping=4, microcode="0x1", speed="2194.842", cache=16384,
                   flags="fpu sse2 ht hypervisor avx2 avx512f")
KUNPENG = ("processor\t: {cpu}\nBogoMIPS\t: 200.00\nFeatures\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma "
           "dcpop asimddp asimdfhm ssbs\nCPU implementer\t: 0x48\nCPU architecture: 8\nCPU variant\t: 0x1\nCPU part\t: 0xd01\nCPU revision\t: 0\n")
