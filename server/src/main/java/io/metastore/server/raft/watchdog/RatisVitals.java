package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.log.FlushWatermark;
import io.metastore.server.raft.watchdog.Observation.Membership;
import io.metastore.server.raft.watchdog.Observation.Space;
import io.metastore.server.raft.watchdog.Observation.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServer.Division;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.LifeCycle;

/// What can be seen of a running Ratis server, by its public interface. Its small write to the log's volume is the note
/// of the newest flushed entry.
public final class RatisVitals implements Vitals {
    private final RaftServer server;
    private final RaftGroupId group;
    private final FlushWatermark watermark;
    private final Activity activity;
    private final AtomicLong foreignTerm = new AtomicLong();
    private Optional<TermIndex> seenFlushed = Optional.empty();
    private volatile Optional<TermIndex> flushed = Optional.empty();

    /// What only the caller knows.
    ///
    /// @param installing whether a checkpoint of another member is being installed
    /// @param changing whether a change of the configuration runs that this member has asked for
    public record Activity(BooleanSupplier installing, BooleanSupplier changing) {}

    public RatisVitals(RaftServer server, RaftGroupId group, FlushWatermark watermark, Activity activity) {
        this.server = server;
        this.group = group;
        this.watermark = watermark;
        this.activity = activity;
    }

    /// Another member has answered that it is in `term`. From any thread.
    public void termSeen(long term) {
        foreignTerm.accumulateAndGet(term, Math::max);
    }

    @Override
    public Observation observe() {
        Division division;
        try {
            division = server.getDivision(group);
        } catch (IOException e) { // the group was removed, or has never come up
            return new Observation(
                    LifeCycle.State.CLOSED, false, new Terms(0, 0), Membership.NONE, new Space(Long.MAX_VALUE, 1));
        }
        var info = division.getInfo();
        var leader = info.isLeader();
        return new Observation(
                info.getLifeCycleState(),
                leader,
                new Terms(info.getCurrentTerm(), foreignTerm.get()),
                leader ? membership(division) : Membership.NONE,
                space(division));
    }

    /// Also finds the entry for the next note. Its term is read after the index, and a truncation may come in between,
    /// so it is taken only when the next look finds the same entry at the same place.
    @Override
    public LogProgress log() {
        var log = division().getRaftLog();
        var index = log.getFlushIndex();
        seenFlushed
                .filter(seen ->
                        seen.getIndex() <= index && entry(log, seen.getIndex()).equals(seenFlushed))
                .ifPresent(seen -> flushed = Optional.of(seen));
        seenFlushed = entry(log, index);
        var last = Optional.ofNullable(log.getLastEntryTermIndex());
        return new LogProgress(
                last.map(TermIndex::getIndex).orElse(-1L),
                index,
                activity.installing().getAsBoolean());
    }

    @Override
    public void touchDisk() throws IOException {
        var next = flushed;
        flushed = Optional.empty();
        if (next.isPresent()) {
            watermark.note(next.orElseThrow());
        } else {
            watermark.touch();
        }
    }

    private Division division() {
        try {
            return server.getDivision(group);
        } catch (IOException e) {
            throw new UncheckedIOException("the Raft group is gone", e);
        }
    }

    private static Optional<TermIndex> entry(RaftLog log, long index) {
        return Optional.ofNullable(log.getTermIndex(index));
    }

    private Membership membership(Division division) {
        var configuration = division.getRaftConf();
        var configured = new HashSet<RaftPeerId>();
        for (var role : Set.of(RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER)) {
            configuration.getAllPeers(role).stream().map(RaftPeer::getId).forEach(configured::add);
        }
        configured.remove(division.getId());
        var changing = activity.changing().getAsBoolean()
                || !configuration.getPreviousPeers().isEmpty();
        return new Membership(configured, silence(division), changing);
    }

    private static Map<RaftPeerId, Long> silence(Division division) {
        var silent = new HashMap<RaftPeerId, Long>();
        for (var peer : division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
            silent.put(RaftPeerId.valueOf(peer.getId().getId()), peer.getLastRpcElapsedTimeMs());
        }
        return silent;
    }

    private static Space space(Division division) {
        try {
            var store = Files.getFileStore(
                    division.getRaftStorage().getStorageDir().getRoot().toPath());
            return new Space(store.getUsableSpace(), store.getTotalSpace());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the free space of the log's volume", e);
        }
    }
}
