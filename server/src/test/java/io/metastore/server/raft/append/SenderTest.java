package io.metastore.server.raft.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.junit.jupiter.api.Test;

/// When a follower is sent what, on which thread.
class SenderTest extends SenderTests {
    @Test
    void aNewEntryIsSentOnTheThreadThatAppendedIt() {
        start();
        append(1);

        assertThat(transport.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.by()).isSameAs(Thread.currentThread());
            assertThat(sent.entries()).containsExactly(0L);
        });
        assertThat(follower.nextIndex).isEqualTo(1);
    }

    /// They may have to be read from the disk, for which nobody who appends shall wait.
    @Test
    void aFollowerFarBehindIsCaughtUpByTheSendersOwnThread() {
        start();
        append(65);
        await().until(() -> transport.sent().anyMatch(sent -> sent.entries().contains(64L)));

        assertThat(follower.nextIndex).isEqualTo(65);
        assertThat(transport.sent()).noneMatch(sent -> sent.by().equals(Thread.currentThread()));
    }

    @Test
    void untilTheFirstAnswerOneMessageWithEntriesIsOnItsWay() {
        append(1);
        append(1);
        append(1);
        assertThat(transport.stream().entries()).containsExactly(List.of(0L));
        assertThat(sender.hasPendingDataRequests()).isTrue();
        transport.stream().succeed(0);

        assertThat(transport.stream().entries()).containsExactly(List.of(0L), List.of(1L, 2L));
    }

    @Test
    void atMostEightMessagesWithEntriesAreOnTheirWay() {
        answeredStream();
        IntStream.range(0, 10).forEach(_ -> append(1));
        assertThat(transport.stream().sent()).hasSize(1 + 8);
        transport.stream().succeed(1);

        assertThat(transport.stream().sent()).hasSize(1 + 9);
        assertThat(transport.stream().entries().getLast()).containsExactly(9L, 10L);
    }

    @Test
    void anAnswerTellsTheLeaderWhatTheFollowerHas() {
        append(2);
        transport.stream()
                .replies
                .onNext(Messages.reply(0, AppendResult.SUCCESS)
                        .setMatchIndex(1)
                        .setFollowerCommit(0)
                        .build());

        assertThat(follower.matchIndex).isEqualTo(1);
        assertThat(leader.successes).hasValue(1);
        assertThat(leader.followerCommits).containsExactly(0L);
        assertThat(sender.hasPendingDataRequests()).isFalse();
    }

    @Test
    void anAnswerOfAMemberInANewerTermIsToldToTheLeader() {
        append(1);
        transport.stream()
                .replies
                .onNext(Messages.reply(0, AppendResult.NOT_LEADER).setTerm(7).build());

        assertThat(leader.termsSeen).containsExactly(7L);
        assertThat(follower.matchIndex).isEqualTo(-1);
    }

    @Test
    void aHeartbeatIsSentAtOnceThoughEntriesAreOnTheirWay() {
        append(1);
        sender.triggerHeartbeat();
        sender.notifyLogAppender();

        assertThat(transport.stream().entries()).containsExactly(List.of(0L), List.of());
    }

    /// On a slow line they would come after megabytes of entries.
    @Test
    void heartbeatsHaveAStreamOfTheirOwn() {
        append(1);

        assertThat(transport.opened).isEqualTo(2);
    }

    @Test
    void newsOfACommitIsSentOnceAndWhenNothingIsOnItsWay() {
        answeredStream();
        append(1);
        leader.committed = 1;
        sender.notifyLogAppender();
        assertThat(transport.stream().sent()).hasSize(2);
        transport.stream().succeed(1);
        sender.notifyLogAppender();
        sender.notifyLogAppender();

        assertThat(transport.stream().sent()).hasSize(3);
        var news = transport.stream().sent().getLast();
        assertThat(news.callId()).isEqualTo(Receiver.UNANSWERED);
        assertThat(news.entries()).isEmpty();
        assertThat(news.request().getLeaderCommit()).isEqualTo(1);
        assertThat(sender.hasPendingDataRequests()).isFalse();
    }

    @Test
    void newsIsNotHeldUpByOlderNewsThatIsNotAnswered() {
        answeredStream();
        append(1);
        transport.stream().succeed(1);
        leader.committed = 0;
        sender.notifyLogAppender();
        leader.committed = 1;
        sender.notifyLogAppender();

        assertThat(transport.stream().sent().stream().map(sent -> sent.request().getLeaderCommit()))
                .endsWith(0L, 1L);
    }

    @Test
    void anEntryThatTellsTheCommitMakesNewsNeedless() {
        answeredStream();
        leader.committed = 0;
        append(1);
        assertThat(transport.stream().sent().getLast().request().getLeaderCommit())
                .isZero();
        transport.stream().succeed(1);
        sender.notifyLogAppender();

        assertThat(transport.stream().entries()).containsExactly(List.of(0L), List.of(1L));
    }

    @Test
    void aLeaderThatCannotReadItsLogStepsDownAndRatisMakesNoOtherSender() {
        start();
        leader.readable = false;
        append(1);
        await().until(() -> !leader.abdications.isEmpty());
        awaitRounds(2);

        assertThat(leader.abdications)
                .singleElement()
                .satisfies(request -> assertThat(request.getNewLeader()).isNull());
        assertThat(leader.restarts).hasValue(0);
        assertThat(transport.sent()).isEmpty();
    }

    /// Ratis may fail to step down, and then the follower would get nothing more.
    @Test
    void steppingDownIsAskedForAgainAndAgainWhileItLeads() {
        start();
        leader.readable = false;
        long began = System.nanoTime();
        append(1);
        await().until(() -> leader.abdications.size() == 3);

        assertThat(System.nanoTime() - began).isGreaterThan(2 * TimeUnit.MILLISECONDS.toNanos(500));
    }

    @Test
    void aSenderThatFailedSendsWhenItCanAgainAndSteppingDownIsNoLongerAskedFor() {
        start();
        leader.readable = false;
        append(1);
        await().until(() -> !leader.abdications.isEmpty());
        leader.readable = true;
        await().until(() -> transport.sent().count() == 1);
        int asked = leader.abdications.size();
        awaitRounds(2);

        assertThat(transport.stream().entries()).containsExactly(List.of(0L));
        assertThat(leader.abdications).hasSize(asked);
    }

    @Test
    void afterItsEndNothingIsSent() {
        start();
        append(1);
        sender.stopAsync().join();
        append(1);
        sender.triggerHeartbeat();
        transport.stream().succeed(0);

        assertThat(transport.stream().hasEnded()).isTrue();
        assertThat(transport.stream().entries()).containsExactly(List.of(0L));
        assertThat(transport.streams).hasSize(1);
    }

    /// Ratis calls it running until its thread is gone.
    @Test
    void whileItEndsNothingIsSent() {
        answeredStream();
        transport.stream().atEnd(() -> append(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(sender::run).isInstanceOf(InterruptedException.class);
        append(1);

        assertThat(sender.isRunning()).isTrue();
        assertThat(transport.sent()).hasSize(1);
        assertThat(transport.streams).hasSize(1);
    }

    @Test
    void whoDoesNotLeadAnyMoreSendsNothing() {
        append(1);
        leader.leads = false;
        transport.stream().succeed(0);
        append(1);

        assertThat(transport.sent()).hasSize(1);
    }
}
