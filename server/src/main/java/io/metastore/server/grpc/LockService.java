package io.metastore.server.grpc;

import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusException;
import io.metastore.server.grpc.lock.Elections;
import io.metastore.server.grpc.lock.Locks;
import io.metastore.server.grpc.lock.Observation;
import io.metastore.server.grpc.lock.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import v3electionpb.CampaignRequest;
import v3electionpb.CampaignResponse;
import v3electionpb.ElectionGrpc;
import v3electionpb.LeaderRequest;
import v3electionpb.LeaderResponse;
import v3electionpb.ProclaimRequest;
import v3electionpb.ProclaimResponse;
import v3electionpb.ResignRequest;
import v3electionpb.ResignResponse;
import v3lockpb.LockGrpc;
import v3lockpb.LockRequest;
import v3lockpb.LockResponse;
import v3lockpb.UnlockRequest;
import v3lockpb.UnlockResponse;

/// etcd's Lock and Election services. As in etcd they are clients of the other services, so what those refuse
/// comes as an error without a code; see `Store`.
final class LockService {
    private static final Logger LOG = LoggerFactory.getLogger(LockService.class);

    private final Channel services;
    private final WaitingMethod.Site site;

    /// @param services where KV, Lease and Watch are served
    LockService(Channel services, WaitingMethod.Site site) {
        this.services = services;
        this.site = site;
    }

    ServerServiceDefinition locks() {
        return ServerServiceDefinition.builder(LockGrpc.SERVICE_NAME)
                .addMethod(
                        LockGrpc.getLockMethod(),
                        this.<LockRequest, LockResponse>method((request, store) -> new Locks(store).lock(request)))
                .addMethod(
                        LockGrpc.getUnlockMethod(),
                        this.<UnlockRequest, UnlockResponse>method(
                                (request, store) -> new Locks(store).unlock(request)))
                .build();
    }

    ServerServiceDefinition elections() {
        return ServerServiceDefinition.builder(ElectionGrpc.SERVICE_NAME)
                .addMethod(
                        ElectionGrpc.getCampaignMethod(),
                        this.<CampaignRequest, CampaignResponse>method(
                                (request, store) -> new Elections(store).campaign(request)))
                .addMethod(
                        ElectionGrpc.getProclaimMethod(),
                        this.<ProclaimRequest, ProclaimResponse>method(
                                (request, store) -> new Elections(store).proclaim(request)))
                .addMethod(
                        ElectionGrpc.getLeaderMethod(),
                        this.<LeaderRequest, LeaderResponse>method(
                                (request, store) -> new Elections(store).leader(request)))
                .addMethod(
                        ElectionGrpc.getResignMethod(),
                        this.<ResignRequest, ResignResponse>method(
                                (request, store) -> new Elections(store).resign(request)))
                .addMethod(
                        ElectionGrpc.getObserveMethod(),
                        new WaitingMethod<LeaderRequest, LeaderResponse>(site, this::observe))
                .build();
    }

    @FunctionalInterface
    private interface Work<Q, A> {
        A done(Q request, Store store) throws StatusException, InterruptedException;
    }

    private <Q, A> WaitingMethod<Q, A> method(Work<Q, A> work) {
        return new WaitingMethod<>(
                site, (request, caller, answers) -> answers.answer(work.done(request, new Store(services, caller))));
    }

    /// An observation that cannot go on ends without an error, as in etcd.
    private void observe(LeaderRequest request, Metadata caller, WaitingMethod.Answers<LeaderResponse> answers)
            throws InterruptedException {
        try {
            new Observation(new Store(services, caller), request, answers::answer).run();
        } catch (StatusException e) {
            LOG.atDebug().addKeyValue("reason", e.getStatus().getDescription()).log("observation ended");
        }
    }
}
