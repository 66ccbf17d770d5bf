package io.metastore.server.raft.append;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppenderBase;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.util.Timestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the log to one follower while this member leads: entries as they are appended, on the thread that appended
/// them, heartbeats, and the news of what is committed when no entry carries it.
///
/// One thread sends at a time; others that have something to send leave it to that one, so nobody waits for a log that
/// is read from disk. The sender's own thread sends what is due by time, and catches up a follower that is far behind.
/// The monitor guards the stream and the follower's next index. Ratis notifies under its server's lock, so that lock is
/// never taken under the monitor.
public final class Sender extends LogAppenderBase {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int MAX_IN_FLIGHT = 8;
    /// A follower that lacks more than this may need entries that are not in memory any more.
    private static final long FAR_BEHIND = 64;
    private static final long PAUSE_MILLIS = 100;

    private final AppendTransport transport;
    private final Duration patience;
    private final InFlight inFlight = new InFlight();
    private final AtomicLong callIds = new AtomicLong();
    private final AtomicInteger wanted = new AtomicInteger();
    private final Semaphore signal = new Semaphore(0);
    private final StateNotice notice;
    private volatile @Nullable Stream stream;
    private volatile @Nullable Throwable failure;
    private volatile Timestamp failed = Timestamp.currentTime();
    private volatile long pausedUntil = System.nanoTime();
    private boolean ended;
    private final Abdication abdication;
    private int rewinds;

    /// A sender that is not started.
    ///
    /// @param patience after which a follower that answers nothing at all is connected anew
    public Sender(
            RaftServer.Division division,
            LeaderState leader,
            FollowerInfo follower,
            AppendTransport transport,
            Duration patience) {
        super(division, leader, follower);
        this.transport = transport;
        this.patience = patience;
        this.notice = new StateNotice(this, transport);
        this.abdication = new Abdication(division);
    }

    @Override
    public void run() throws InterruptedException {
        try {
            while (isRunning()) {
                // Before the attempt to send: otherwise a pause could end between the attempt and the wait for its end.
                long pause = pauseMillis();
                notice.giveIfDue();
                tryAgainAfterFailure();
                pump();
                abdicateAfterFailure();
                giveUpSilentStream();
                getLeaderState().checkHealth(getFollower());
                var _ = signal.tryAcquire(pause > 0 ? pause : waitMillis(), TimeUnit.MILLISECONDS);
                signal.drainPermits();
            }
        } finally {
            end();
        }
    }

    @Override
    public void notifyLogAppender() {
        if (isFarBehind()) {
            wake();
        } else if (hasAppendEntries() || hasNews() || getHeartbeatWaitTimeMs() <= 0) {
            pump();
        }
    }

    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private boolean isFarBehind() {
        return getRaftLog().getNextIndex() - getFollower().getNextIndex() > FAR_BEHIND;
    }

    /// Rounded up: the rest of a millisecond is no less of a pause.
    private long pauseMillis() {
        long nanos = pausedUntil - System.nanoTime();
        return nanos > 0 ? TimeUnit.NANOSECONDS.toMillis(nanos) + 1 : 0;
    }

    private long waitMillis() {
        if (failure != null) {
            return Abdication.PAUSE_MILLIS;
        }
        return Math.max(1, Math.min(notice.waitMillis(), getHeartbeatWaitTimeMs()));
    }

    /// Sends what there is to send, unless another thread is at it: then that one does.
    private void pump() {
        if (wanted.getAndIncrement() != 0) {
            return;
        }
        int seen;
        do {
            seen = wanted.get();
            sendAll();
        } while (!wanted.compareAndSet(seen, 0));
    }

    /// A caller appended an entry and cannot do anything about a log that cannot be read, or memory that is short: that
    /// is for the sender's own thread.
    private void sendAll() {
        try {
            while (isRunning() && sendNext()) {
                // the next one
            }
        } catch (Throwable e) {
            failed = Timestamp.currentTime();
            failure = e;
            wake();
        }
    }

    private synchronized boolean sendNext() throws IOException {
        if (ended || failure != null || pausedUntil - System.nanoTime() > 0) {
            return false;
        }
        boolean entries = hasAppendEntries() && mayPipeline() && !notice.isNeeded();
        if (entries || getHeartbeatWaitTimeMs() <= 0) {
            return sendAnswered(!entries);
        }
        return hasNews() && sendNews();
    }

    private boolean sendAnswered(boolean heartbeat) throws IOException {
        var request = newAppendEntriesRequest(callIds.getAndIncrement(), heartbeat);
        if (request == null) {
            return false;
        }
        if (heartbeat) {
            new Punctuality(this, transport).check();
        }
        inFlight.add(request);
        resetHeartbeatTrigger();
        getFollower().updateLastRpcSendTime(request.getEntriesCount() == 0);
        if (request.getEntriesCount() > 0) {
            getFollower()
                    .increaseNextIndex(
                            request.getEntries(request.getEntriesCount() - 1).getIndex() + 1);
        }
        send(request);
        return true;
    }

    /// Whether the follower has all entries, but was not told that they are committed. Its clients wait for that.
    private boolean hasNews() {
        var now = stream;
        return now != null
                && now.answered
                && inFlight.withEntries() == 0
                && getRaftLog().getLastCommittedIndex() > now.told
                && getFollower().getNextIndex() > getRaftLog().getLastCommittedIndex();
    }

    /// Tells what is committed. Nothing depends on its arrival, so it asks for no answer.
    private boolean sendNews() throws IOException {
        var request = newAppendEntriesRequest(Receiver.UNANSWERED, true);
        if (request == null || request.getLeaderCommit() <= told()) {
            return false;
        }
        send(request);
        return true;
    }

    private long told() {
        var now = stream;
        return now == null ? -1 : now.told;
    }

    /// Until the first answer comes only one message with entries is on its way: the follower may lack what is before.
    private boolean mayPipeline() {
        int sent = inFlight.withEntries();
        var now = stream;
        return sent == 0 || (now != null && now.answered && sent < MAX_IN_FLIGHT);
    }

    private void send(AppendEntriesRequestProto request) {
        var now = stream;
        if (now == null) {
            now = new Stream();
            stream = now;
        }
        try {
            now.carry(request);
        } catch (IllegalStateException e) {
            // So gRPC refuses what does not fit the state of a call. Another call has another one; all else is a fault
            // of this program, and that leadership is given up for it tells so.
            LOG.atWarn().setCause(e).addKeyValue("follower", getFollowerId()).log("a call refused an append");
            broken(now, String.valueOf(e.getMessage()));
        }
    }

    String address() {
        return getFollower().getPeer().getAddress();
    }

    /// Another leader has other senders. Ratis would make a new one here, but go on counting what the old one knew of
    /// the follower.
    private void abdicateAfterFailure() {
        var cause = failure;
        if (cause != null && abdication.ask()) {
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("follower", getFollowerId())
                    .log("the log cannot be sent to a follower, leadership is given up");
        }
    }

    /// While this member leads on, the follower has nobody else who could send. What was on its way when it failed is
    /// not known to have been sent.
    private void tryAgainAfterFailure() {
        if (failure != null && failed.elapsedTimeMs() >= Abdication.PAUSE_MILLIS) {
            var now = stream;
            if (now != null) {
                broken(now, "the log could not be sent");
            }
            failure = null;
        }
    }

    private void giveUpSilentStream() {
        var now = stream;
        var waiting = inFlight.oldest();
        if (now != null
                && waiting.isPresent()
                && waiting.orElseThrow().at().elapsedTimeMs() > patience.toMillis()
                && getFollower().getLastRpcResponseTime().elapsedTimeMs() > patience.toMillis()) {
            broken(now, "no answer for " + patience.toMillis() + " ms");
            transport.abandon(address());
        }
    }

    /// What was on its way is unknown to have arrived, so it is sent again, on another stream.
    private void broken(Stream broken, String why) {
        if (stream != broken) { // before the monitor is waited for: the caller may hold another stream's
            return;
        }
        synchronized (this) {
            if (stream != broken) {
                return;
            }
            stream = null;
            var first = inFlight.firstEntry();
            inFlight.clear();
            first.ifPresent(
                    index -> getFollower().setNextIndex(Math.max(getFollower().getMatchIndex() + 1, index)));
            pause(broken.answered ? 1 : PAUSE_MILLIS);
        }
        broken.calls.end();
        LOG.atDebug()
                .addKeyValue("follower", getFollowerId())
                .addKeyValue("why", why)
                .log("a stream of appends broke");
        transport.reconnect(address());
    }

    private synchronized void end() {
        ended = true;
        var now = stream;
        if (now != null) {
            now.calls.end();
        }
        stream = null;
    }

    private synchronized void rewind(Stream from, long requested, long wantedNext) {
        if (stream == from) {
            inFlight.clear();
            getFollower().setNextIndex(getNextIndexForInconsistency(requested, wantedNext));
            // A follower that waits for a state refuses everything: it is asked ever more seldom.
            pause(++rewinds == 1 ? 0 : Math.min(PAUSE_MILLIS, 1L << Math.min(rewinds, 10)));
        }
    }

    private void pause(long millis) {
        pausedUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        wake();
    }

    /// The follower's state reaches up to this index now.
    synchronized void stateReaches(long index) {
        getFollower().setSnapshotIndex(index);
        getFollower().updateNextIndex(index + 1);
    }

    @Override
    public boolean hasPendingDataRequests() {
        return inFlight.withEntries() > 0;
    }

    @Override
    public long getCallId() {
        return callIds.get();
    }

    @Override
    public Comparator<Long> getCallIdComparator() {
        return Comparator.naturalOrder();
    }

    /// A connection to the follower and its answers.

    private final class Stream implements StreamObserver<AppendEntriesReplyProto> {
        private final AppendCalls calls = new AppendCalls();
        private volatile boolean answered;
        private volatile long told = -1;

        void carry(AppendEntriesRequestProto request) {
            if (!calls.areOpen()) {
                calls.open(transport, address(), this);
            }
            if (stream == this) {
                told = Math.max(told, request.getLeaderCommit());
                calls.send(request);
            } else { // it broke at once
                calls.end();
            }
        }

        @Override
        public void onNext(AppendEntriesReplyProto reply) {
            if (stream != this) {
                return;
            }
            answered = true;
            var sent = inFlight.answered(reply.getServerReply().getCallId());
            sent.ifPresent(message -> getFollower().updateLastRespondedAppendEntriesSendTime(message.at()));
            getFollower().updateLastRpcResponseTime();
            switch (reply.getResult()) {
                case SUCCESS -> appended(reply);
                case NOT_LEADER -> {
                    if (onFollowerTerm(reply.getTerm())) {
                        return;
                    }
                }
                // Of a message that was sent before the last rewind, it says nothing new.
                case INCONSISTENCY ->
                    sent.ifPresent(message -> rewind(this, message.firstIndex(), reply.getNextIndex()));
                case UNRECOGNIZED -> broken(this, "an answer that cannot be understood");
            }
            getLeaderState().onAppendEntriesReply(Sender.this, reply);
            notifyLogAppender();
        }

        private void appended(AppendEntriesReplyProto reply) {
            getLeaderState().onFollowerCommitIndex(getFollower(), reply.getFollowerCommit());
            if (getFollower().updateMatchIndex(reply.getMatchIndex())) {
                rewinds = 0;
                getLeaderState().onFollowerSuccessAppendEntries(getFollower());
            }
        }

        @Override
        public void onError(Throwable cause) {
            broken(this, String.valueOf(cause.getMessage()));
        }

        @Override
        public void onCompleted() {
            broken(this, "the follower ended it");
        }
    }
}
