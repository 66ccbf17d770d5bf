package io.metastore.server.apply;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Permission;
import io.metastore.server.model.Release;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Command;
import io.metastore.server.request.Compare;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Commands of every kind over few keys and leases, so that they meet often.
record RandomEntries(Random random) {
    private static final MemberId ALARMED = new MemberId(1);
    private static final int KEYS = 12;
    private static final int LEASES = 5;

    List<Command> commands() {
        return IntStream.range(0, random.nextInt(5)).mapToObj(_ -> command()).toList();
    }

    /// Lowers every alarm that `commands` may have raised, and disables auth, in whatever state that is.
    static List<Command> letEveryoneIn() {
        var alarms = Arrays.stream(Alarm.Kind.values())
                .<Command>map(kind -> new Command.SetAlarm(new Alarm(ALARMED, kind), false));
        var root = new Caller("root", Long.MAX_VALUE);
        return Stream.concat(alarms, Stream.of(new Command.OnBehalf(root, new AuthCommand.Disable())))
                .toList();
    }

    /// Half of them of root or of a user, at a revision that is never old or often is.
    private Command command() {
        var command = anonymous();
        if (random.nextBoolean()) {
            return command;
        }
        var user = random.nextInt(4) > 0 ? "root" : "user";
        return new Command.OnBehalf(new Caller(user, random.nextInt(4) > 0 ? Long.MAX_VALUE : 5), command);
    }

    private Command anonymous() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> put();
            case 4 -> delete();
            case 5, 6 -> txn(3);
            case 7 -> new Command.Compact(random.nextInt(400));
            case 8, 9 -> new Command.GrantLease(lease(), 2 + random.nextInt(60));
            case 10 -> new Command.RevokeLease(lease());
            case 11 ->
                new Command.CheckpointLeases(
                        List.of(new Command.CheckpointLeases.Remaining(lease(), random.nextInt(3))));
            case 12, 13 -> auth();
            case 14 -> rare();
            default -> version();
        };
    }

    private Command version() {
        var release = new Release(3, 5 + random.nextInt(3));
        return switch (random.nextInt(3)) {
            case 0 -> new VersionCommand.EnableDowngrade(release);
            case 1 -> new VersionCommand.CancelDowngrade();
            default -> new VersionCommand.SetRelease(release);
        };
    }

    /// Auth is enabled as often as disabled.
    private Command auth() {
        var user = random.nextInt(3) > 0 ? "root" : "user";
        var role = random.nextInt(3) > 0 ? "root" : "role";
        var permission = new Permission(random.nextInt(3), key(), random.nextBoolean() ? Bytes.EMPTY : key());
        return switch (random.nextInt(14)) {
            case 0 -> new AuthCommand.Enable();
            case 1 -> new AuthCommand.Disable();
            case 2, 3 -> new AuthCommand.AddUser(user, key(), random.nextInt(5) == 0);
            case 4 -> new AuthCommand.DeleteUser(user);
            case 5 -> new AuthCommand.ChangePassword(user, key());
            case 6, 7 -> new AuthCommand.GrantRole(user, role);
            case 8 -> new AuthCommand.RevokeRole(user, role);
            case 9 -> new AuthCommand.AddRole(role);
            case 10 -> new AuthCommand.DeleteRole(role);
            case 11 -> new AuthCommand.GrantPermission(role, permission);
            case 12 -> new AuthCommand.RevokePermission(role, permission.key(), permission.end());
            default ->
                random.nextBoolean()
                        ? new AuthCommand.IssueToken(user, key(), random.nextInt(20))
                        : new AuthCommand.DropTokens(List.of(key()));
        };
    }

    private Command rare() {
        return random.nextBoolean()
                ? new Command.SetAlarm(new Alarm(ALARMED, kind()), random.nextInt(5) == 0)
                : new Command.PublishMember(new MemberId(random.nextInt(3)), "m" + random.nextInt(9), List.of("u"));
    }

    private Alarm.Kind kind() {
        return random.nextBoolean() ? Alarm.Kind.NO_SPACE : Alarm.Kind.CORRUPT;
    }

    private Txn txn(int depth) {
        return new Txn(compares(), steps(depth), steps(depth));
    }

    private List<Compare> compares() {
        var target = new Compare.Target.ModRevision(random.nextInt(300));
        return IntStream.range(0, random.nextInt(2))
                .mapToObj(_ -> new Compare(range(), relation(), target))
                .toList();
    }

    private Compare.Relation relation() {
        var all = List.of(Compare.Relation.values());
        return all.get(random.nextInt(all.size()));
    }

    private List<Operation> steps(int depth) {
        return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> step(depth)).toList();
    }

    private Operation step(int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 4)) {
            case 0, 1 -> put();
            case 2 -> delete();
            case 3 -> Range.of(range());
            default -> txn(depth - 1);
        };
    }

    private Put put() {
        var lease = random.nextBoolean() ? LeaseId.NONE : lease();
        return new Put(key(), key(), lease, random.nextBoolean(), random.nextInt(5) == 0, random.nextInt(5) == 0);
    }

    private DeleteRange delete() {
        return new DeleteRange(range(), random.nextBoolean());
    }

    private KeyRange range() {
        return random.nextInt(3) > 0 ? KeyRange.single(key()) : new KeyRange(key(), key());
    }

    private Bytes key() {
        return Bytes.utf8("key" + random.nextInt(KEYS));
    }

    private LeaseId lease() {
        return LeaseId.of(random.nextInt(LEASES) - LEASES / 2);
    }
}
