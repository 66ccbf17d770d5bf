package io.metastore.server.grpc;

import com.sun.management.UnixOperatingSystemMXBean;
import io.metastore.server.grpc.json.JsonWriter;
import io.metastore.server.node.Node;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `/debug/vars` shows: the values of etcd that mean something here too.
final class Variables {
    private static final long NANOS_IN_A_MILLI = 1_000_000;

    private Variables() {}

    static Map<String, Supplier<String>> of(Node node) {
        return Map.of(
                "cmdline", Variables::commandLine,
                "file_descriptor_limit", Variables::fileDescriptorLimit,
                "memstats", Variables::memory,
                "raft.status", () -> raft(node));
    }

    private static String commandLine() {
        var info = ProcessHandle.current().info();
        var words =
                Stream.concat(info.command().stream(), info.arguments().stream().flatMap(Arrays::stream));
        return words.map(JsonWriter::text).collect(Collectors.joining(",", "[", "]"));
    }

    private static String fileDescriptorLimit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? Long.toString(system.getMaxFileDescriptorCount())
                : "0";
    }

    private static String memory() {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        var other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        var collectors = ManagementFactory.getGarbageCollectorMXBeans();
        long collections = collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        long millis = collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        return """
                {"Alloc":%d,"Sys":%d,"HeapAlloc":%d,"HeapSys":%d,"HeapIdle":%d,"HeapInuse":%d,"NumGC":%d,"PauseTotalNs":%d}""".formatted(
                        heap.getUsed(),
                        heap.getCommitted() + other.getCommitted(),
                        heap.getUsed(),
                        heap.getCommitted(),
                        heap.getCommitted() - heap.getUsed(),
                        heap.getUsed(),
                        collections,
                        millis * NANOS_IN_A_MILLI);
    }

    private static String raft(Node node) {
        var state = node.state();
        boolean leads = state.hasLeader() && state.leader().equals(state.self());
        return """
                {"id":"%x","term":%d,"commit":%d,"lead":"%x","raftState":"%s","applied":%d}""".formatted(
                        state.self().number(),
                        state.term(),
                        state.commitIndex(),
                        state.leader().number(),
                        leads ? "StateLeader" : "StateFollower",
                        state.appliedIndex());
    }
}
