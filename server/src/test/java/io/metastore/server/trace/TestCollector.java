package io.metastore.server.trace;

import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A collector of traces, which keeps what it is told.
final class TestCollector implements AutoCloseable {
    private final ConcurrentLinkedQueue<ResourceSpans> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Server server;

    /// How it answers what it was told.
    private final Consumer<StreamObserver<ExportTraceServiceResponse>> manner;

    private TestCollector(int port, Consumer<StreamObserver<ExportTraceServiceResponse>> manner) {
        this.manner = manner;
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            server = NettyServerBuilder.forAddress(address)
                    .addService(new Service())
                    .addTransportFilter(new ServerTransportFilter() {
                        @Override
                        public Attributes transportReady(Attributes attributes) {
                            connections.incrementAndGet();
                            return attributes;
                        }
                    })
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
    }

    /// One that works, on any port.
    static TestCollector start() {
        return startAt(0);
    }

    static TestCollector startAt(int port) {
        return new TestCollector(port, TestCollector::thank);
    }

    /// One that answers each request when it gets a permit.
    static TestCollector answering(Semaphore permits) {
        return new TestCollector(0, answers -> {
            permits.acquireUninterruptibly();
            thank(answers);
        });
    }

    /// One that refuses so many requests, and then works.
    static TestCollector refusing(int times) {
        var left = new AtomicInteger(times);
        return new TestCollector(0, answers -> {
            if (left.getAndDecrement() > 0) {
                answers.onError(new StatusRuntimeException(Status.UNAVAILABLE.withDescription("not now")));
            } else {
                thank(answers);
            }
        });
    }

    private static void thank(StreamObserver<ExportTraceServiceResponse> answers) {
        answers.onNext(ExportTraceServiceResponse.getDefaultInstance());
        answers.onCompleted();
    }

    /// `127.0.0.1:4317`
    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /// All spans so far, in the order in which they began.
    List<ToldSpan> spans() {
        return ToldSpan.of(told);
    }

    /// How many times it was told anything, refused or not.
    int requests() {
        return requests.get();
    }

    /// How many connections there ever were.
    int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Service extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answers) {
            requests.incrementAndGet();
            told.addAll(request.getResourceSpansList());
            manner.accept(answers);
        }
    }
}
