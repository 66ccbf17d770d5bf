package io.metastore.server.raft;

import io.metastore.server.config.RaftConfig;
import io.metastore.server.raft.gate.GatedRpcType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Read;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/// Ratis's settings. Some are a matter of speed; the ones that switch off compositions, leases, asynchronous
/// flushes and chunked snapshots are a matter of correctness, see `docs/design/0002-ratis.md`.
final class RatisSettings {
    private static final int PURGE_GAP = 1000;
    /// The open segment and up to two closed ones lie in the heap as well, for members that are a little behind.
    private static final SizeInBytes SEGMENT = SizeInBytes.valueOf("8MB");
    private static final SizeInBytes WITNESS_SEGMENT = SizeInBytes.valueOf("1MB");
    private static final SizeInBytes PREALLOCATED = SizeInBytes.valueOf("4MB");

    private final RaftProperties properties = new RaftProperties();

    private RatisSettings() {}

    /// Settings for a member that starts so.
    ///
    /// @param maxEntryBytes the greatest entry that may be proposed
    static RaftProperties of(RaftStart start, RaftConfig config, int maxEntryBytes) {
        var settings = new RatisSettings();
        settings.transport(start.listen(), maxEntryBytes);
        settings.timing(config);
        settings.log(start.directory(), maxEntryBytes);
        settings.guards();
        settings.snapshots(config);
        if (start.witness()) {
            settings.witness(config);
        }
        return settings.properties;
    }

    /// Those that hold data shall stand for election first. And it is small: what it holds is on its disk. As objects
    /// the entries of a segment take several times its size, and only whole segments are let go of.
    private void witness(RaftConfig config) {
        Rpc.setTimeoutMax(properties, millis(longestElectionMillis(config) * 3 / 2));
        Rpc.setFirstElectionTimeoutMax(
                properties, millis(Math.max(300, config.electionTimeout().toMillis())));
        Log.setSegmentSizeMax(properties, WITNESS_SEGMENT);
        Log.setPreallocatedSize(properties, WITNESS_SEGMENT);
        Log.setSegmentCacheNumMax(properties, 1);
        Log.setSegmentCacheSizeMax(properties, WITNESS_SEGMENT);
        Log.setQueueByteLimit(properties, SizeInBytes.valueOf("32MB"));
        RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf("32MB"));
        Log.setPurgePreservationLogNum(properties, PURGE_GAP);
    }

    /// A leader is missed after this time at the latest.
    static long longestElectionMillis(RaftConfig config) {
        return config.electionTimeout().toMillis() * 12 / 10;
    }

    private void transport(RaftStart.Address listen, int maxEntryBytes) {
        RaftConfigKeys.Rpc.setType(properties, new GatedRpcType());
        GrpcConfigKeys.Server.setHost(properties, listen.host());
        GrpcConfigKeys.Server.setPort(properties, listen.port());
        GrpcConfigKeys.setMessageSizeMax(
                properties, SizeInBytes.valueOf(Math.max(16L << 20, appendLimit(maxEntryBytes) + (2L << 20))));
        GrpcConfigKeys.setFlowControlWindow(properties, SizeInBytes.valueOf("1MB"));
        GrpcConfigKeys.Client.setWorkerGroupSize(properties, 1);
        GrpcConfigKeys.setUseEpoll(properties, true);
    }

    /// Ratis draws each election timeout between two bounds; the leader's heartbeats come at half of the lower one.
    private void timing(RaftConfig config) {
        long election = config.electionTimeout().toMillis();
        Rpc.setTimeoutMin(properties, millis(election * 6 / 10));
        Rpc.setTimeoutMax(properties, millis(longestElectionMillis(config)));
        // A member that has just started knows of no leader to disturb, and pre-votes protect one that there is.
        Rpc.setFirstElectionTimeoutMin(properties, millis(Math.max(50, election / 10)));
        Rpc.setFirstElectionTimeoutMax(properties, millis(Math.max(150, election * 3 / 10)));
        Rpc.setRequestTimeout(properties, millis(Math.max(2000, election * 2)));
        Rpc.setSlownessTimeout(properties, millis(Math.max(5000, election * 5)));
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, millis(election));
        RaftServerConfigKeys.LeaderElection.setPreVote(properties, true);
        RaftServerConfigKeys.LeaderElection.setMemberMajorityAdd(properties, false);
        // No other change of the members goes on until a member that died while it joined is given up.
        RaftServerConfigKeys.setStagingTimeout(properties, millis(Math.max(5000, election * 5)));
        RaftServerConfigKeys.setStagingCatchupGap(properties, 500);
    }

    private void log(Path directory, int maxEntryBytes) {
        RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
        var append = SizeInBytes.valueOf(appendLimit(maxEntryBytes));
        Log.Appender.setBufferByteLimit(properties, append);
        Log.setForceSyncNum(properties, 4096);
        Log.setSegmentSizeMax(properties, SEGMENT);
        Log.setPreallocatedSize(properties, PREALLOCATED);
        Log.setWriteBufferSize(properties, SizeInBytes.valueOf(Math.max(8L << 20, append.getSize() + (1 << 20))));
        Log.setQueueByteLimit(properties, SizeInBytes.valueOf("128MB"));
        Log.setSegmentCacheNumMax(properties, 2);
        Log.setSegmentCacheSizeMax(properties, SEGMENT);
        RaftServerConfigKeys.Write.setElementLimit(properties, 1024);
        RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf("128MB"));
        RaftServerConfigKeys.Write.setFollowerGapRatioMax(properties, -1);
    }

    private void guards() {
        Read.setOption(properties, Read.Option.DEFAULT);
        Read.setLeaderLeaseEnabled(properties, false);
        Log.setAppendEntriesComposeEnabled(properties, false);
        Log.setLogMetadataEnabled(properties, false);
        Log.setAsyncFlushEnabled(properties, false);
        Log.setUnsafeFlushEnabled(properties, false);
        Log.setCorruptionPolicy(properties, Log.CorruptionPolicy.EXCEPTION);
        Log.Appender.setInstallSnapshotEnabled(properties, false);
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.ZERO);
    }

    private void snapshots(RaftConfig config) {
        Snapshot.setAutoTriggerEnabled(properties, true);
        Snapshot.setAutoTriggerThreshold(properties, config.snapshotCount());
        Snapshot.setCreationGap(properties, Math.min(1000, config.snapshotCount()));
        Snapshot.setTriggerWhenStopEnabled(properties, false);
        Log.setPurgeUptoSnapshotIndex(properties, true);
        Log.setPurgePreservationLogNum(properties, config.snapshotCatchUpEntries());
        Log.setPurgeGap(properties, PURGE_GAP);
    }

    /// What one append message may carry: an entry and its frame.
    private static long appendLimit(int maxEntryBytes) {
        return Math.max(4L << 20, maxEntryBytes + (1L << 20));
    }

    private static TimeDuration millis(long millis) {
        return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
    }
}
