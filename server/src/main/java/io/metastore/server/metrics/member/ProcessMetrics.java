package io.metastore.server.metrics.member;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.metastore.server.metrics.Reading;
import io.metastore.server.metrics.Registry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.function.ToLongFunction;

/// The process, as Prometheus's library for Go tells it, and the Java virtual machine under the names of Go's runtime
/// as far as it has the same.
final class ProcessMetrics {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final Registry registry;

    ProcessMetrics(Registry registry) {
        this.registry = registry;
    }

    void show() {
        process();
        files();
        threads();
        memory();
        collections();
    }

    private void process() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            registry.read("process_cpu_seconds_total", () -> system.getProcessCpuTime() / NANOS);
        }
        double start = ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS;
        registry.read("process_start_time_seconds", () -> start);
        if (!SystemFiles.exist()) {
            return;
        }
        registry.read("process_resident_memory_bytes", SystemFiles::residentBytes);
        registry.read("process_virtual_memory_bytes", SystemFiles::virtualBytes);
        registry.read("process_virtual_memory_max_bytes", SystemFiles::virtualBytesLimit);
        registry.read("process_network_receive_bytes_total", SystemFiles::receivedBytes);
        registry.read("process_network_transmit_bytes_total", SystemFiles::sentBytes);
    }

    private void files() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            for (var name : List.of("process_open_fds", "os_fd_used")) {
                registry.read(name, system::getOpenFileDescriptorCount);
            }
            for (var name : List.of("process_max_fds", "os_fd_limit")) {
                registry.read(name, system::getMaxFileDescriptorCount);
            }
        }
    }

    private void threads() {
        var threads = ManagementFactory.getThreadMXBean();
        registry.read("go_threads", threads::getThreadCount);
        // Virtual threads are not counted by anybody; what runs at any moment is on these.
        registry.read("go_goroutines", threads::getThreadCount);
        registry.read("go_sched_gomaxprocs_threads", () -> Runtime.getRuntime().availableProcessors());
        var version = "java" + Runtime.version().feature();
        registry.readEach("go_info", () -> List.of(Reading.of(1, version)).stream());
        registry.readEach("etcd_server_go_version", () -> List.of(Reading.of(1, version)).stream());
        if (threads instanceof ThreadMXBean more) {
            registry.read("go_memstats_alloc_bytes_total", more::getTotalThreadAllocatedBytes);
        }
    }

    private void memory() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (var name :
                List.of("go_memstats_alloc_bytes", "go_memstats_heap_alloc_bytes", "go_memstats_heap_inuse_bytes")) {
            registry.read(name, () -> memory.getHeapMemoryUsage().getUsed());
        }
        registry.read(
                "go_memstats_heap_sys_bytes", () -> memory.getHeapMemoryUsage().getCommitted());
        registry.read("go_memstats_heap_idle_bytes", () -> idle(memory));
        registry.read(
                "go_memstats_sys_bytes",
                () -> memory.getHeapMemoryUsage().getCommitted()
                        + memory.getNonHeapMemoryUsage().getCommitted());
        registry.read(
                "go_memstats_other_sys_bytes",
                () -> memory.getNonHeapMemoryUsage().getCommitted());
        // The next collection comes when the space for new objects is full.
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().contains("Eden"))
                .findFirst()
                .ifPresent(eden -> registry.read("go_memstats_next_gc_bytes", () -> {
                    var space = eden.getUsage();
                    return memory.getHeapMemoryUsage().getUsed() - space.getUsed() + (double) space.getCommitted();
                }));
        registry.read("go_gc_gomemlimit_bytes", () -> Runtime.getRuntime().maxMemory());
    }

    private static double idle(MemoryMXBean memory) {
        var heap = memory.getHeapMemoryUsage();
        return heap.getCommitted() - heap.getUsed();
    }

    private void collections() {
        var collectors = ManagementFactory.getGarbageCollectorMXBeans();
        registry.readSummary(
                "go_gc_duration_seconds",
                () -> sum(collectors, GarbageCollectorMXBean::getCollectionCount),
                () -> sum(collectors, GarbageCollectorMXBean::getCollectionTime) / MILLIS);
        registry.read("go_memstats_last_gc_time_seconds", () -> lastCollection(collectors));
        registry.readEach(
                "metastore_jvm_gc_collections_total",
                () -> collectors.stream().map(each -> Reading.of((double) each.getCollectionCount(), each.getName())));
        registry.readEach(
                "metastore_jvm_gc_seconds_total",
                () -> collectors.stream().map(each -> Reading.of(each.getCollectionTime() / MILLIS, each.getName())));
    }

    private static double sum(List<GarbageCollectorMXBean> collectors, ToLongFunction<GarbageCollectorMXBean> what) {
        return (double) collectors.stream().mapToLong(what).sum();
    }

    /// 0 before the first, as Go has it.
    private static double lastCollection(List<GarbageCollectorMXBean> collectors) {
        long start = ManagementFactory.getRuntimeMXBean().getStartTime();
        return collectors.stream()
                        .filter(com.sun.management.GarbageCollectorMXBean.class::isInstance)
                        .map(com.sun.management.GarbageCollectorMXBean.class::cast)
                        .filter(each -> each.getLastGcInfo() != null)
                        .mapToLong(each -> start + each.getLastGcInfo().getEndTime())
                        .max()
                        .orElse(0)
                / MILLIS;
    }
}
