package io.metastore.server.raft.propose;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.metastore.proto.peer.v1.Fate;
import io.metastore.proto.peer.v1.ProposeRequest;
import io.metastore.proto.peer.v1.ProposeResponse;
import io.metastore.proto.peer.v1.Refusal;
import io.metastore.server.apply.Stamp;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.codec.EntryCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.junit.jupiter.api.Test;

class ForwardServerTest {
    private static final MemberId PROPOSER = new MemberId(-2);

    private final List<Stamp> log = new ArrayList<>();
    private final Acceptor acceptor = new Acceptor((entry, _) -> log.add(entry.stamp()), 4096);
    private final ForwardServer server = new ForwardServer(acceptor);

    @Test
    void aProposerIsToldTheEpochTheLastSequenceThatWasTakenAndTheGreatestEntry() {
        acceptor.begin(5);
        var earlier = server.open(new FakeReplies());
        earlier.onNext(opening());
        earlier.onNext(entry(5, 7));

        var replies = new FakeReplies();
        server.open(replies).onNext(opening());

        assertThat(replies.responses)
                .containsExactly(ProposeResponse.newBuilder()
                        .setOpened(ProposeResponse.Opened.newBuilder()
                                .setEpoch(5)
                                .setLastSequence(7)
                                .setMaxEntryBytes(4096))
                        .build());
    }

    @Test
    void aMemberThatDoesNotLeadSaysSo() {
        var replies = new FakeReplies();
        server.open(replies).onNext(opening());

        assertThat(replies.responses)
                .extracting(response -> response.getOpened().getRefusal())
                .containsExactly(Refusal.NOT_LEADER);
    }

    /// What an old stream still holds was sent again on the new one: it would be in the log a second time, or be
    /// taken for refused.
    @Test
    void nothingComesInThroughAStreamWhoseProposerHasOpenedANewerOne() {
        acceptor.begin(5);
        var oldReplies = new FakeReplies();
        var old = server.open(oldReplies);
        old.onNext(opening());
        old.onNext(entry(5, 1));
        var newerReplies = new FakeReplies();
        var newer = server.open(newerReplies);
        newer.onNext(opening());

        old.onNext(entry(5, 2));
        newer.onNext(entry(5, 2));

        assertThat(status(oldReplies)).isEqualTo(Status.Code.ABORTED);
        assertThat(log).containsExactly(stamp(5, 1), stamp(5, 2));
        assertThat(newerReplies.responses).hasSize(1);
    }

    @Test
    void anEntryOfAnotherEpochIsAnsweredAsNotAppended() {
        acceptor.begin(5);
        var replies = new FakeReplies();
        var stream = server.open(replies);
        stream.onNext(opening());
        stream.onNext(entry(4, 3));

        var answer = replies.responses.getLast().getAnswer();
        assertThat(answer.getFate()).isEqualTo(Fate.NOT_APPENDED);
        assertThat(answer.getSequence()).isEqualTo(3);
        assertThat(log).isEmpty();
    }

    @Test
    void bytesThatAreNoEntryEndTheStream() {
        acceptor.begin(5);
        var replies = new FakeReplies();
        var stream = server.open(replies);
        stream.onNext(opening());
        stream.onNext(ProposeRequest.newBuilder()
                .setEntry(ByteString.copyFromUtf8("nonsense"))
                .build());
        stream.onNext(entry(5, 1));

        assertThat(status(replies)).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(log).isEmpty();
    }

    @Test
    void anEmptyMessageEndsTheStream() {
        var replies = new FakeReplies();
        server.open(replies).onNext(ProposeRequest.getDefaultInstance());

        assertThat(status(replies)).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /// A call that only one side has ended takes memory on both until the connection ends.
    @Test
    void aProposerThatEndsItsStreamIsAnsweredWithAnEnd() {
        acceptor.begin(5);
        var replies = new FakeReplies();
        var stream = server.open(replies);
        stream.onNext(opening());
        stream.onCompleted();

        assertThat(replies.completed).isTrue();
        server.closeAll();
        assertThat(replies.failure).isEmpty();
    }

    @Test
    void aLeaderThatIsNoMoreEndsAllStreams() {
        acceptor.begin(5);
        var replies = new FakeReplies();
        var stream = server.open(replies);
        stream.onNext(opening());
        acceptor.end();
        server.closeAll();
        stream.onNext(entry(5, 1));

        assertThat(status(replies)).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(log).isEmpty();
        assertThat(replies.responses).hasSize(1);
    }

    private static Status.Code status(FakeReplies replies) {
        return Status.fromThrowable(replies.failure.orElseThrow()).getCode();
    }

    private static ProposeRequest opening() {
        return ProposeRequest.newBuilder()
                .setOpen(ProposeRequest.Open.newBuilder()
                        .setProposer(PROPOSER.number())
                        .setIncarnation(1))
                .build();
    }

    private static ProposeRequest entry(long epoch, long sequence) {
        return ProposeRequest.newBuilder()
                .setEntry(EntryCodec.assemble(stamp(epoch, sequence), List.of()))
                .build();
    }

    private static Stamp stamp(long epoch, long sequence) {
        return new Stamp(epoch, PROPOSER, 1, sequence);
    }
}
