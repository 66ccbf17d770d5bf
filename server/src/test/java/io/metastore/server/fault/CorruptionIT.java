package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import etcdserverpb.AlarmMember;
import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmType;
import etcdserverpb.CompactionRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.StatusRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.RocksSettings;
import io.metastore.server.storage.RocksStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A member whose disk gives back something else than was written, unnoticed by RocksDB: the others notice it.
@Timeout(180)
class CorruptionIT {
    private static final String WRITTEN = "as it was written";
    private static final String DAMAGED = "as it was DAMAGED";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void whatACompactionLeavesOnTheDamagedMemberDiffersAndNobodyWritesAnyMore() {
        var flags = List.of("--feature-gates=CompactHashCheck=true", "--compact-hash-check-time=300ms");
        try (var cluster = ClusterProcesses.start(ServerProgram.underTest(), 3, flags)) {
            long damaged = damage(cluster);
            cluster.startStopped();
            var channel = channel(cluster.leader());
            long newest = put(channel, "b");
            assertThat(alarms(channel)).isEmpty();

            KVGrpc.newBlockingStub(channel)
                    .compact(CompactionRequest.newBuilder().setRevision(newest).build());

            Awaitility.await().atMost(LIMIT).until(() -> !alarms(channel).isEmpty());
            assertThat(alarms(channel))
                    .containsExactly(AlarmMember.newBuilder()
                            .setMemberID(damaged)
                            .setAlarm(AlarmType.CORRUPT)
                            .build());
            assertThatThrownBy(() -> put(channel, "c")).hasMessage("DATA_LOSS: etcdserver: corrupt cluster");
            assertThat(KVGrpc.newBlockingStub(channel)
                            .range(RangeRequest.newBuilder().setKey(bytes("a")).build())
                            .getKvs(0)
                            .getValue()
                            .toStringUtf8())
                    .as("reads are served")
                    .isEqualTo(WRITTEN);
            channel.shutdownNow();
        }
    }

    @Test
    void theDamagedMemberDoesNotStartWhenItComparesItselfFirst() {
        var flags = List.of("--feature-gates=InitialCorruptCheck=true");
        try (var cluster = ClusterProcesses.start(ServerProgram.underTest(), 3, flags)) {
            damage(cluster);

            assertThatThrownBy(cluster::startStopped).hasMessageContaining("found data inconsistency with peers");
        }
    }

    /// Stops a follower and changes what it has stored; returns its id.
    private static long damage(ClusterProcesses cluster) {
        var leader = channel(cluster.leader());
        put(leader, "a");
        leader.shutdownNow();
        var victim = cluster.follower();
        var own = channel(victim);
        Awaitility.await().atMost(LIMIT).until(() -> own(own) > 0);
        long id = MaintenanceGrpc.newBlockingStub(own)
                .status(StatusRequest.getDefaultInstance())
                .getHeader()
                .getMemberId();
        own.shutdownNow();
        victim.terminate();
        change(cluster.folder().resolve(victim.name()).resolve("metastore/store-rocksdb"));
        return id;
    }

    private static long own(ManagedChannel channel) {
        return KVGrpc.newBlockingStub(channel)
                .range(RangeRequest.newBuilder()
                        .setKey(bytes("a"))
                        .setSerializable(true)
                        .build())
                .getCount();
    }

    private static void change(Path store) {
        var natives = store.resolveSibling("native");
        try (var storage = RocksStorage.open(store, RocksSettings.standard(natives));
                var batch = storage.batch()) {
            var rows = new ArrayList<Map.Entry<Bytes, Bytes>>();
            try (var cursor = batch.scan(Column.EVENTS, KeyRange.ALL)) {
                while (cursor.next()) {
                    rows.add(Map.entry(cursor.key(), cursor.value()));
                }
            }
            for (var row : rows) {
                var text = new String(row.getValue().shared(), StandardCharsets.ISO_8859_1);
                var changed = text.replace(WRITTEN, DAMAGED).getBytes(StandardCharsets.ISO_8859_1);
                batch.put(Column.EVENTS, row.getKey(), Bytes.wrap(changed));
            }
            assertThat(rows).isNotEmpty();
            batch.commit();
            storage.persist();
        }
    }

    private static List<AlarmMember> alarms(ManagedChannel channel) {
        return MaintenanceGrpc.newBlockingStub(channel)
                .alarm(AlarmRequest.getDefaultInstance())
                .getAlarmsList();
    }

    private static long put(ManagedChannel channel, String key) {
        return KVGrpc.newBlockingStub(channel)
                .put(PutRequest.newBuilder()
                        .setKey(bytes(key))
                        .setValue(bytes(WRITTEN))
                        .build())
                .getHeader()
                .getRevision();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    private static ManagedChannel channel(MemberProcess member) {
        return ManagedChannelBuilder.forTarget(member.endpoint()).usePlaintext().build();
    }
}
