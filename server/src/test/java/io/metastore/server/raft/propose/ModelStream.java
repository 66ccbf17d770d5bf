package io.metastore.server.raft.propose;

import io.metastore.proto.peer.v1.Fate;
import io.metastore.proto.peer.v1.ProposeRequest;
import io.metastore.proto.peer.v1.ProposeResponse;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// A stream between a proposer and a leader over a network that delivers each direction in order, as late as it
/// likes, until it is cut.
final class ModelStream implements StreamObserver<ProposeResponse> {
    private final Proposals proposals;
    private final StreamObserver<ProposeRequest> server;
    private final BlockingQueue<ProposeRequest> requests = new LinkedBlockingQueue<>();
    private final Queue<ProposeResponse> responses = new ConcurrentLinkedQueue<>();
    private boolean broken;

    ModelStream(Proposals proposals, ForwardServer leader) {
        this.proposals = proposals;
        this.server = leader.open(this);
        requests.add(ProposeRequest.newBuilder()
                .setOpen(ProposeRequest.Open.newBuilder().setProposer(1).setIncarnation(1))
                .build());
    }

    /// The leader reads one message. One that the proposer's thread is just about to send is waited for.
    void deliverRequest() throws InterruptedException {
        var request = requests.poll(200, TimeUnit.MICROSECONDS);
        if (request != null) {
            server.onNext(request);
        }
    }

    /// The proposer reads one message. Of a stream that it has left it still believes answers.
    ///
    /// @param isCurrent whether the proposer has opened no other stream since
    void deliverResponse(boolean isCurrent) {
        var response = responses.poll();
        if (response == null) {
            return;
        }
        if (response.hasAnswer() && response.getAnswer().getFate() == Fate.NOT_APPENDED) {
            proposals.notAppended(response.getAnswer().getSequence());
        } else if (response.hasOpened() && isCurrent) {
            opened(response.getOpened());
        }
    }

    private void opened(ProposeResponse.Opened opened) {
        if (opened.getEpoch() == 0) {
            broken = true;
        } else {
            proposals.sendTo(new ForwardSink(opened, requests::add), opened.getLastSequence());
        }
    }

    /// What the proposer sent may still arrive; what the leader answered does not.
    void cut() {
        responses.clear();
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    boolean isSilent() {
        return requests.isEmpty() && responses.isEmpty();
    }

    @Override
    public void onNext(ProposeResponse response) {
        if (!broken) {
            responses.add(response);
        }
    }

    @Override
    public void onError(Throwable failure) {
        broken = true;
    }

    @Override
    public void onCompleted() {
        broken = true;
    }
}
