package io.metastore.server.differential;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.metastore.server.differential.OpenCall.Signal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// Plays one case against one server and writes down what it answers.
///
///     > Put key: "a" value: "1"
///     < header { cluster_id: 1 member_id: 1 revision: 2 raft_term: 1 }
///     > Put value: "1"
///     ! INVALID_ARGUMENT etcdserver: key is not provided
final class CaseRunner implements AutoCloseable {
    private static final Duration AWAIT_LIMIT = Duration.ofSeconds(20);

    private record Stream(Methods.Method method, OpenCall<DynamicMessage> call) {}

    private final ServerUnderTest.Running server;
    private final RevisionBase base;
    private final Normaliser normaliser = new Normaliser();
    private final HttpNormaliser httpNormaliser = new HttpNormaliser();
    private final Transcript transcript = new Transcript();
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, Stream> streams = new HashMap<>();
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, CompletableFuture<List<String>>> begun = new HashMap<>();
    /// The member of a cluster that is asked; empty for the first one.
    private String asked = "";
    private @Nullable Message last;

    private CaseRunner(ServerUnderTest.Running server, RevisionBase base) {
        this.server = server;
        this.base = base;
        variables.putAll(server.variables());
    }

    /// The transcript of the case.
    ///
    /// @throws AssertionError when a stream stays silent where the script waits for a message; it shows the
    ///     transcript so far
    static String play(Script.Case script, ServerUnderTest.Running server, RevisionBase base) {
        try (var runner = new CaseRunner(server, base)) {
            for (var step : script.steps()) {
                runner.runOrExplain(step);
            }
            return runner.transcript.text();
        }
    }

    @Override
    public void close() {
        connections.values().forEach(Connection::close);
        begun.values().forEach(answer -> answer.cancel(true));
    }

    private void runOrExplain(Step step) {
        try {
            if (!(step instanceof Step.Quiet)) {
                transcript.asked(step.source());
            }
            run(step);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + ", after:\n" + transcript.text(), e);
        }
    }

    private void run(Step step) {
        switch (step) {
            case Step.At at -> at(at);
            case Step.Flood flood -> flood(flood);
            case Step.Begin begin -> begin(begin);
            case Step.Fate fate -> befall(fate);
            case Step.Call call -> signals(call).forEach(this::show);
            case Step.Quiet quiet -> quiet(quiet.call());
            case Step.Await await -> await(await);
            case Step.Save save -> variables.put(save.name(), String.valueOf(MessageWalk.at(answer(), save.path())));
            case Step.Raw raw -> raw(raw);
            case Step.Open open -> open(open);
            case Step.Send send -> send(stream(send.stream()), send.body());
            case Step.Receive receive -> receive(receive);
            case Step.Silent silent ->
                stream(silent.stream()).call().unexpected().ifPresentOrElse(this::show, transcript::silence);
            case Step.Finish finish -> stream(finish.stream()).call().finish();
            case Step.Abort abort -> stream(abort.stream()).call().abort();
            case Step.Ended ended -> showToTheEnd(ended.stream());
            case Step.Http http -> show(answer(http).get());
            case Step.Until until -> until(until);
            case Step.Snapshot _ -> snapshot();
            case Step.Restart restart -> restart(restart.killed());
        }
    }

    private void at(Step.At at) {
        var before = asked;
        asked = server.resolve(at.member());
        try {
            run(at.step());
        } finally {
            asked = before;
        }
    }

    private void flood(Step.Flood flood) {
        for (int i = 0; i < flood.count(); i++) {
            begun(flood.call());
        }
    }

    private void befall(Step.Fate fate) {
        var member = server.resolve(fate.member());
        server.befall(fate.act(), member);
    }

    private Address address() {
        return asked.isEmpty() ? server.address() : server.address(asked);
    }

    private Connection connection() {
        return connections.computeIfAbsent(asked, _ -> new Connection(address()));
    }

    private List<Signal<DynamicMessage>> signals(Step.Call call) {
        return begun(call).rest();
    }

    private OpenCall<DynamicMessage> begun(Step.Call call) {
        var method = Methods.named(call.method());
        var open = connection().open(method, expanded(call.metadata()));
        open.send(request(method, call.body()));
        open.finish();
        return open;
    }

    private void until(Step.Until until) {
        var answer = new AtomicReference<List<String>>(List.of());
        repeat(until.source(), () -> {
            answer.set(answer(until.http()).get());
            return answer.get().stream().anyMatch(line -> line.contains(until.text()));
        });
        show(answer.get());
    }

    private void repeat(String what, BooleanSupplier attempt) {
        var attempts = new AtomicInteger();
        Awaitility.await(what)
                .atMost(AWAIT_LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    variables.put("attempt", String.valueOf(attempts.getAndIncrement() / 2));
                    return attempt.getAsBoolean();
                });
    }

    private void begin(Step.Begin step) {
        var answer =
                new CompletableFuture<List<String>>().completeAsync(answer(step.http()), Thread::startVirtualThread);
        begun.put(step.stream(), answer);
    }

    /// The answer to the request as it stands now, when it is asked for.
    private Supplier<List<String>> answer(Step.Http step) {
        var call = HttpCall.to(address());
        var headers = expanded(step.headers());
        var request = Template.expand(step.request(), variables);
        return () -> call.send(headers, step.lines(), request);
    }

    private void show(List<String> answer) {
        answer.stream().map(httpNormaliser::line).forEach(transcript::answered);
    }

    private void quiet(Step.Call call) {
        if (signals(call).getLast() instanceof Signal.End<DynamicMessage>(var status) && !status.isOk()) {
            throw new AssertionError("a preparation failed with " + status + ": " + call.source());
        }
    }

    private void await(Step.Await await) {
        var signals = new AtomicReference<List<Signal<DynamicMessage>>>(List.of());
        repeat(await.source(), () -> {
            signals.set(signals(await.call()));
            return isAwaited(await, signals.get().getFirst());
        });
        signals.get().forEach(this::show);
    }

    private boolean isAwaited(Step.Await await, Signal<DynamicMessage> first) {
        var expected = Template.expand(await.expected(), variables);
        return switch (first) {
            case Signal.Message<DynamicMessage>(var message) ->
                !await.path().isEmpty()
                        && String.valueOf(MessageWalk.at(base.answer(message), await.path()))
                                .equals(expected);
            case Signal.End<DynamicMessage>(var status) ->
                await.path().isEmpty()
                        && String.valueOf(status.getDescription()).endsWith(expected);
        };
    }

    private void raw(Step.Raw raw) {
        var open = connection().openRaw(raw.method(), expanded(raw.metadata()));
        open.send(HexFormat.of().parseHex(raw.hex()));
        open.finish();
        for (var signal : open.rest()) {
            switch (signal) {
                case Signal.Message<byte[]>(var bytes) -> show(parsed(raw.method(), bytes));
                case Signal.End<byte[]>(var status) -> {
                    if (!status.isOk()) {
                        transcript.failed(status);
                    }
                }
            }
        }
    }

    private static DynamicMessage parsed(String fullMethodName, byte[] bytes) {
        var method = Methods.named(fullMethodName.substring(fullMethodName.indexOf('/') + 1));
        try {
            return DynamicMessage.parseFrom(method.output(), bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not an answer of " + fullMethodName, e);
        }
    }

    private void open(Step.Open open) {
        var method = Methods.named(open.method());
        streams.put(open.stream(), new Stream(method, connection().open(method, expanded(open.metadata()))));
    }

    private Map<String, String> expanded(Map<String, String> metadata) {
        var values = new LinkedHashMap<String, String>();
        metadata.forEach((name, value) -> values.put(name, Template.expand(value, variables)));
        return values;
    }

    private void send(Stream stream, String body) {
        stream.call().send(request(stream.method(), body));
    }

    private void receive(Step.Receive receive) {
        var stream = stream(receive.stream());
        var signals = IntStream.range(0, receive.count())
                .mapToObj(_ -> stream.call().next())
                .toList();
        if (!receive.sorted()) {
            signals.forEach(this::show);
            return;
        }
        signals.stream().map(this::text).sorted().forEach(transcript::answered);
    }

    private String text(Signal<DynamicMessage> signal) {
        return switch (signal) {
            case Signal.Message<DynamicMessage>(var message) -> normaliser.text(base.answer(message));
            case Signal.End<DynamicMessage>(var status) -> throw new AssertionError("the stream ended: " + status);
        };
    }

    private void showToTheEnd(String name) {
        var answer = begun.remove(name);
        if (answer != null) {
            show(answer.join());
            return;
        }
        var signals = stream(name).call().rest();
        signals.forEach(this::show);
        if (signals.getLast() instanceof Signal.End<DynamicMessage>(var status) && status.isOk()) {
            transcript.ended();
        }
    }

    private void snapshot() {
        var pieces = signals(new Step.Call("", Map.of(), "Snapshot", "")).stream()
                .filter(Signal.Message.class::isInstance)
                .map(signal -> ((Signal.Message<DynamicMessage>) signal).content())
                .toList();
        transcript.answered(SnapshotCheck.summary(pieces));
    }

    private void restart(boolean killed) {
        connections.values().forEach(Connection::close);
        connections.clear();
        streams.clear();
        server.restart(killed);
    }

    private void show(Signal<DynamicMessage> signal) {
        switch (signal) {
            case Signal.Message<DynamicMessage>(var message) -> show(message);
            case Signal.End<DynamicMessage>(var status) -> {
                if (!status.isOk()) {
                    transcript.failed(status);
                }
            }
        }
    }

    private void show(Message message) {
        var answer = base.answer(message);
        last = answer;
        transcript.answered(normaliser.text(answer));
    }

    private DynamicMessage request(Methods.Method method, String body) {
        var message = DynamicMessage.newBuilder(method.input());
        var text = Template.expand(body, variables);
        try {
            TextFormat.merge(text, message);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException("not a " + method.input().getName() + ": " + text, e);
        }
        return base.request(message.build());
    }

    private Message answer() {
        if (last == null) {
            throw new IllegalArgumentException("nothing was answered yet");
        }
        return last;
    }

    private Stream stream(String name) {
        var stream = streams.get(name);
        if (stream == null) {
            throw new IllegalArgumentException("no stream " + name);
        }
        return stream;
    }
}
