package io.metastore.server.raft.peer;

import io.metastore.proto.peer.v1.Answer;
import io.metastore.proto.peer.v1.ConfirmResponse;
import io.metastore.proto.peer.v1.Question;
import io.metastore.server.raft.stream.Replies;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// Answers the questions on one stream, each as soon as its answer is known.
final class Answers implements StreamObserver<Question> {
    private final PeerHandler handler;
    private final Replies<Answer> answers;

    Answers(PeerHandler handler, StreamObserver<Answer> answers) {
        this.handler = handler;
        this.answers = new Replies<>(answers);
    }

    @Override
    public void onNext(Question question) {
        var answer = Answer.newBuilder().setNumber(question.getNumber());
        switch (question.getKindCase()) {
            case CONFIRM -> give(answer.setConfirm(ConfirmResponse.newBuilder().setTerm(handler.currentTerm())));
            case READ_INDEX ->
                handler.readIndex(question.getReadIndex(), response -> give(answer.setReadIndex(response)));
            case KIND_NOT_SET ->
                answers.fail(Status.UNIMPLEMENTED.withDescription("a question that this member does not know"));
        }
    }

    private void give(Answer.Builder answer) {
        answers.send(answer.build());
    }

    @Override
    public void onError(Throwable failure) {
        answers.abandon();
    }

    @Override
    public void onCompleted() {
        answers.complete();
    }
}
