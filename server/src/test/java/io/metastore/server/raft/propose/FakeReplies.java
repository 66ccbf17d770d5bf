package io.metastore.server.raft.propose;

import io.metastore.proto.peer.v1.ProposeResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// What a proposer hears on its stream.
final class FakeReplies implements StreamObserver<ProposeResponse> {
    final List<ProposeResponse> responses = new ArrayList<>();
    Optional<Throwable> failure = Optional.empty();
    boolean completed;

    @Override
    public void onNext(ProposeResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable cause) {
        failure = Optional.of(cause);
    }

    @Override
    public void onCompleted() {
        completed = true;
    }
}
