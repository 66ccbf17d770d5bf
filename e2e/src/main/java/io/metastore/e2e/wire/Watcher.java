package io.metastore.e2e.wire;

import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchCreateRequest.FilterType;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchProgressRequest;
import etcdserverpb.WatchRequest;
import etcdserverpb.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.metastore.e2e.history.History;
import io.metastore.e2e.history.Watch;
import io.metastore.e2e.history.Watch.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One watch that goes on at the next member where it was when its stream breaks or falls silent, as etcd's
/// clients do: after the last event or bookmark. All that it is told is recorded, one [Watch] for each
/// stream.
public final class Watcher implements AutoCloseable {
    private static final long QUIET_MILLIS = 250;
    private static final int SILENT = 12;

    private final String name;
    private final Asked asked;
    private final List<String> endpoints;
    private final History history;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long next;

    private Watcher(String name, Asked asked, List<String> endpoints, History history) {
        this.name = name;
        this.asked = asked;
        this.endpoints = List.copyOf(endpoints);
        this.history = history;
        next = asked.start();
        thread = Thread.ofPlatform().name("watcher " + name).unstarted(this::run);
    }

    /// Begins.
    ///
    /// @param endpoints in the order in which they are tried, again and again
    public static Watcher start(String name, Asked asked, List<String> endpoints, History history) {
        var watcher = new Watcher(name, asked, endpoints, history);
        watcher.thread.start();
        return watcher;
    }

    public String name() {
        return name;
    }

    /// The first revision of which it does not know yet whether it changed what is watched.
    public long next() {
        return next;
    }

    /// Ends the watch and waits until what it was told is recorded.
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a watcher ends", e);
        }
    }

    private void run() {
        for (int stream = 0; !stopped; stream++) {
            var endpoint = endpoints.get(stream % endpoints.size());
            var channel = Channel.to(endpoint);
            try {
                watch(channel, endpoint);
            } catch (InterruptedException _) {
                stopped = true;
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private void watch(ManagedChannel channel, String endpoint) throws InterruptedException {
        var from = new Asked(asked.keys(), next, asked.previous(), asked.puts(), asked.deletes());
        var told = new ArrayList<Watch.Told>();
        BlockingClientCall<WatchRequest, WatchResponse> call =
                ClientCalls.blockingBidiStreamingCall(channel, WatchGrpc.getWatchMethod(), CallOptions.DEFAULT);
        try {
            call.write(create(from), QUIET_MILLIS, TimeUnit.MILLISECONDS);
            follow(call, told);
        } catch (StatusException | TimeoutException _) {
            // The stream has broken: the next one goes on.
            TimeUnit.MILLISECONDS.sleep(20);
        } finally {
            call.cancel("enough", Status.CANCELLED.asException());
            history.add(new Watch(name + " at " + endpoint, from, told));
        }
    }

    /// Until the stream ends, nothing comes for long, or it is told to stop.
    private void follow(BlockingClientCall<WatchRequest, WatchResponse> call, List<Watch.Told> told)
            throws InterruptedException, StatusException, TimeoutException {
        int silent = 0;
        while (!stopped && silent < SILENT) {
            try {
                var response = call.read(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                if (response == null) {
                    return;
                }
                silent = 0;
                hear(Answers.told(response), told);
            } catch (TimeoutException _) {
                silent++;
                call.write(progress(), QUIET_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void hear(Watch.Told heard, List<Watch.Told> told) {
        told.add(heard);
        next = switch (heard) {
            case Watch.Created(long revision) -> next == 0 ? revision + 1 : next;
            case Watch.Events events ->
                Math.max(next, events.events().getLast().row().mod() + 1);
            case Watch.Progress(long revision) -> Math.max(next, revision + 1);
            case Watch.Canceled(long compacted, String _) -> Math.max(next, compacted);
        };
    }

    private static WatchRequest create(Asked asked) {
        var request = WatchCreateRequest.newBuilder()
                .setKey(Requests.bytes(asked.keys().from()))
                .setRangeEnd(Requests.bytes(asked.keys().end()))
                .setStartRevision(asked.start())
                .setPrevKv(asked.previous())
                .setProgressNotify(true);
        if (!asked.puts()) {
            request.addFilters(FilterType.NOPUT);
        }
        if (!asked.deletes()) {
            request.addFilters(FilterType.NODELETE);
        }
        return WatchRequest.newBuilder().setCreateRequest(request).build();
    }

    private static WatchRequest progress() {
        return WatchRequest.newBuilder()
                .setProgressRequest(WatchProgressRequest.getDefaultInstance())
                .build();
    }
}
