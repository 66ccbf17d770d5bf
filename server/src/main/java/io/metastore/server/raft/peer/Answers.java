package io.metastore.server.raft.peer;

import io.metastore.proto.peer.v1.Answer;
import io.metastore.proto.peer.v1.ConfirmResponse;
import io.metastore.proto.peer.v1.Question;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// Answers the questions on one stream, each as soon as its answer is known.
final class Answers implements StreamObserver<Question> {
    private final PeerHandler handler;
    private final StreamObserver<Answer> answers;
    private boolean ended;

    Answers(PeerHandler handler, StreamObserver<Answer> answers) {
        this.handler = handler;
        this.answers = answers;
    }

    @Override
    public void onNext(Question question) {
        var answer = Answer.newBuilder().setNumber(question.getNumber());
        switch (question.getKindCase()) {
            case CONFIRM -> give(answer.setConfirm(ConfirmResponse.newBuilder().setTerm(handler.currentTerm())));
            case READ_INDEX ->
                handler.readIndex(question.getReadIndex(), response -> give(answer.setReadIndex(response)));
            case KIND_NOT_SET -> refuse();
        }
    }

    private synchronized void give(Answer.Builder answer) {
        if (!ended) {
            answers.onNext(answer.build());
        }
    }

    private synchronized void refuse() {
        if (!ended) {
            ended = true;
            answers.onError(Status.UNIMPLEMENTED
                    .withDescription("a question that this member does not know")
                    .asRuntimeException());
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        ended = true;
    }

    @Override
    public synchronized void onCompleted() {
        if (!ended) {
            ended = true;
            answers.onCompleted();
        }
    }
}
