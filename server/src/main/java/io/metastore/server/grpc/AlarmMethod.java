package io.metastore.server.grpc;

import etcdserverpb.AlarmMember;
import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmResponse;
import etcdserverpb.AlarmType;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.MemberId;
import io.metastore.server.node.Node;
import io.metastore.server.node.Right;
import io.metastore.server.request.Outcome.Alarms;
import java.util.List;
import java.util.Optional;

/// Lists, raises and disarms alarms. A change is answered with the alarm it changed: nothing when there is no such
/// alarm, or when one is disarmed that was not raised. etcd asks the log for the list too, so the list is
/// linearizable.
final class AlarmMethod {
    private final Node node;
    private final Headers headers;

    AlarmMethod(Node node) {
        this.node = node;
        this.headers = Headers.of(node);
    }

    void serve(AlarmRequest request, Reply<AlarmResponse> reply) {
        switch (request.getAction()) {
            case GET -> node.linearizable(reply.loop(), reply.unlessRefused(() -> reply.send(list(request))));
            case ACTIVATE -> change(request, true, reply);
            case DEACTIVATE -> change(request, false, reply);
            case UNRECOGNIZED -> reply.send(response(node.revision(), List.of()));
        }
    }

    private AlarmResponse list(AlarmRequest request) {
        boolean all = request.getAlarm() == AlarmType.NONE;
        var kind = kind(request.getAlarm());
        var alarms = node.alarms().stream()
                .filter(alarm -> all || kind.filter(alarm.kind()::equals).isPresent())
                .toList();
        return response(node.revision(), alarms);
    }

    private void change(AlarmRequest request, boolean raised, Reply<AlarmResponse> reply) {
        var refusal = node.refuses(reply.credentials(), Right.ADMINISTRATOR);
        if (refusal.isPresent()) {
            reply.refuse(EtcdError.of(refusal.get()));
            return;
        }
        var kind = kind(request.getAlarm());
        if (kind.isEmpty()) {
            reply.send(response(node.revision(), List.of()));
            return;
        }
        var alarm = new Alarm(new MemberId(request.getMemberID()), kind.get());
        boolean matters = raised || node.alarms().contains(alarm);
        node.setAlarm(
                reply.credentials(),
                alarm,
                raised,
                reply.onLoop(Alarms.class, done -> response(done.revision(), matters ? List.of(alarm) : List.of())));
    }

    private static Optional<Alarm.Kind> kind(AlarmType type) {
        return switch (type) {
            case NOSPACE -> Optional.of(Alarm.Kind.NO_SPACE);
            case CORRUPT -> Optional.of(Alarm.Kind.CORRUPT);
            case NONE, UNRECOGNIZED -> Optional.empty();
        };
    }

    private AlarmResponse response(long revision, List<Alarm> alarms) {
        var response = AlarmResponse.newBuilder().setHeader(headers.at(revision));
        for (var alarm : alarms) {
            response.addAlarms(AlarmMember.newBuilder()
                    .setMemberID(alarm.member().number())
                    .setAlarmValue(alarm.kind().number()));
        }
        return response.build();
    }
}
