package io.metastore.server.raft.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.proto.peer.v1.Answer;
import io.metastore.proto.peer.v1.ConfirmRequest;
import io.metastore.proto.peer.v1.ConfirmResponse;
import io.metastore.proto.peer.v1.Question;
import io.metastore.proto.peer.v1.ReadIndexRequest;
import io.metastore.proto.peer.v1.ReadIndexResponse;
import io.metastore.server.raft.Recorded;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final Map<Long, Consumer<ReadIndexResponse>> asked = new HashMap<>();
    private final Recorded<Answer> given = new Recorded<>();
    private final Answers answers = new Answers(handler(), given);
    private long term = 5;

    @Test
    void theTermIsAnsweredAtOnce() {
        answers.onNext(confirm(1));
        term = 6;
        answers.onNext(confirm(2));

        assertThat(given.messages()).containsExactly(termAnswer(1, 5), termAnswer(2, 6));
    }

    @Test
    void eachIsAnsweredAsSoonAsItsAnswerIsKnown() {
        answers.onNext(readIndex(1, 11));
        answers.onNext(readIndex(2, 12));
        answers.onNext(confirm(3));
        answer(12, 200);
        answer(11, 100);

        assertThat(given.messages()).containsExactly(termAnswer(3, 5), indexAnswer(2, 200), indexAnswer(1, 100));
    }

    @Test
    void anUnknownQuestionEndsTheStreamAndLaterAnswersAreDropped() {
        answers.onNext(readIndex(1, 11));
        answers.onNext(unknown(2));
        answer(11, 100);
        answers.onNext(confirm(3));
        answers.onCompleted();

        assertThat(given.failure())
                .map(Status::fromThrowable)
                .map(Status::getCode)
                .contains(Status.Code.UNIMPLEMENTED);
        assertThat(given.messages()).isEmpty();
        assertThat(given.isCompleted()).isFalse();
    }

    /// It was on its way when the first one ended the stream.
    @Test
    void aSecondUnknownQuestionDoesNotEndTheStreamAgain() {
        answers.onNext(unknown(1));
        answers.onNext(unknown(2));

        assertThat(given.failure()).isPresent();
    }

    @Test
    void aStreamThatTheAskingMemberEndsIsEndedWithoutFurtherAnswers() {
        answers.onNext(readIndex(1, 11));
        answers.onCompleted();
        assertThat(given.isCompleted()).isTrue();
        answer(11, 100);

        assertThat(given.messages()).isEmpty();
    }

    @Test
    void nothingIsAnsweredOnAStreamThatBroke() {
        answers.onNext(readIndex(1, 11));
        answers.onError(new IOException("the connection is lost"));
        answer(11, 100);
        answers.onCompleted();

        assertThat(given.messages()).isEmpty();
        assertThat(given.failure()).isEmpty();
        assertThat(given.isCompleted()).isFalse();
    }

    /// The index that the member `member` asked for is known.
    private void answer(long member, long index) {
        Optional.ofNullable(asked.get(member))
                .orElseThrow()
                .accept(ReadIndexResponse.newBuilder().setIndex(index).build());
    }

    private static Question confirm(long number) {
        return Question.newBuilder()
                .setNumber(number)
                .setConfirm(ConfirmRequest.getDefaultInstance())
                .build();
    }

    private static Question readIndex(long number, long member) {
        return Question.newBuilder()
                .setNumber(number)
                .setReadIndex(ReadIndexRequest.newBuilder().setMember(member))
                .build();
    }

    /// A question of a kind that a later version adds.
    private static Question unknown(long number) {
        return Question.newBuilder().setNumber(number).build();
    }

    private static Answer termAnswer(long number, long term) {
        return Answer.newBuilder()
                .setNumber(number)
                .setConfirm(ConfirmResponse.newBuilder().setTerm(term))
                .build();
    }

    private static Answer indexAnswer(long number, long index) {
        return Answer.newBuilder()
                .setNumber(number)
                .setReadIndex(ReadIndexResponse.newBuilder().setIndex(index))
                .build();
    }

    private PeerHandler handler() {
        return (PeerHandler) Proxy.newProxyInstance(
                AnswersTest.class.getClassLoader(),
                new Class<?>[] {PeerHandler.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "currentTerm" -> term;
                    case "readIndex" -> {
                        var request = (ReadIndexRequest) arguments[0];
                        @SuppressWarnings("unchecked")
                        var reply = (Consumer<ReadIndexResponse>) arguments[1];
                        asked.put(request.getMember(), reply);
                        yield reply;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
