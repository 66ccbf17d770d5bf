package io.metastore.server.raft.codec;

import io.metastore.server.apply.Stamp;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MembersVersion;
import io.metastore.server.model.Permission;
import io.metastore.server.model.Release;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.Caller;
import io.metastore.server.request.Command;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Compare.Relation;
import io.metastore.server.request.Compare.Target;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.MemberCommand.Successor;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Range.Detail;
import io.metastore.server.request.Range.RevisionBounds;
import io.metastore.server.request.Range.Sort;
import io.metastore.server.request.Txn;
import io.metastore.server.request.VersionCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Commands in which every field has a value of its own, so that two fields that are mixed up show.
final class SampleEntries {
    static final Stamp STAMP = new Stamp(3, new MemberId(0x8e9e05c52164694dL), 5, 7);

    private static final KeyRange KEYS = new KeyRange(Bytes.utf8("a"), Bytes.utf8("m"));

    private SampleEntries() {}

    /// A command of each kind by the name of its file.
    static Map<String, Command> commands() {
        var commands = new LinkedHashMap<String, Command>();
        commands.put(
                "put",
                new Put(Bytes.utf8("key"), Bytes.utf8("value"), LeaseId.of(0x1122334455667788L), true, true, true));
        commands.put("put-plain", Put.of(Bytes.utf8("key"), Bytes.wrap(new byte[] {0, -1, 10})));
        commands.put("delete-range", new DeleteRange(KEYS, true));
        commands.put("delete-everything", new DeleteRange(KeyRange.ALL, false));
        commands.put("txn", txn());
        commands.put("compact", new Command.Compact(41));
        commands.put("grant-lease", new Command.GrantLease(LeaseId.of(-9), 60));
        commands.put("revoke-lease", new Command.RevokeLease(LeaseId.of(77)));
        commands.put(
                "checkpoint-leases",
                new Command.CheckpointLeases(List.of(
                        new Command.CheckpointLeases.Remaining(LeaseId.of(8), 9),
                        new Command.CheckpointLeases.Remaining(LeaseId.of(10), 0))));
        commands.put("set-alarm", new Command.SetAlarm(new Alarm(new MemberId(6), Alarm.Kind.NO_SPACE), true));
        commands.put("clear-alarm", new Command.SetAlarm(new Alarm(new MemberId(-1), Alarm.Kind.CORRUPT), false));
        commands.put(
                "publish-member",
                new Command.PublishMember(new MemberId(4), "first", List.of("http://a:2379", "http://b:2379")));
        commands.put("publish-witness", new Command.PublishMember(new MemberId(5), "third", List.of(), true));
        commands.put("confirm-origin", new Command.ConfirmOrigin(Bytes.utf8("digest")));
        commands.put(
                "add-member",
                new MemberCommand.Add(
                        Member.unstarted(new MemberId(-5), List.of("http://a:2380", "http://b:2380"), true), 2));
        commands.put("remove-member", new MemberCommand.Remove(new MemberId(-5)));
        commands.put("update-member", new MemberCommand.Update(new MemberId(6), List.of("http://c:2380")));
        commands.put("promote-member", new MemberCommand.Promote(new MemberId(6)));
        commands.put(
                "add-witness",
                new MemberCommand.Add(
                        Member.unstarted(new MemberId(7), List.of("http://w:2380"), false)
                                .toBeWitness(),
                        1));
        commands.put(
                "replace-member",
                new MemberCommand.Replace(
                        new MemberId(6),
                        new Successor.Newcomer(new MemberCommand.Add(
                                Member.unstarted(new MemberId(-5), List.of("http://a:2380"), true), 2))));
        commands.put(
                "replace-by-learner",
                new MemberCommand.Replace(new MemberId(6), new Successor.Learner(new MemberId(-5))));
        commands.put(
                "expect-members",
                new MemberCommand.Expecting(
                        new MembersVersion(0x8877665544332211L), new MemberCommand.Remove(new MemberId(-5))));
        commands.put("enable-downgrade", new VersionCommand.EnableDowngrade(new Release(3, 6)));
        commands.put("cancel-downgrade", new VersionCommand.CancelDowngrade());
        commands.put("set-release", new VersionCommand.SetRelease(new Release(3, 6)));
        commands.putAll(auth());
        return commands;
    }

    private static Map<String, Command> auth() {
        var commands = new LinkedHashMap<String, Command>();
        var hash = Bytes.utf8("$2a$hash");
        commands.put(
                "on-behalf", new Command.OnBehalf(new Caller("alice", 17), Put.of(Bytes.utf8("k"), Bytes.utf8("v"))));
        commands.put("on-behalf-of-nobody", new Command.OnBehalf(Caller.NOBODY, new Command.Compact(3)));
        commands.put("enable-auth", new AuthCommand.Enable());
        commands.put("disable-auth", new AuthCommand.Disable());
        commands.put("add-user", new AuthCommand.AddUser("bob", hash, false));
        commands.put("add-user-without-password", new AuthCommand.AddUser("bob", Bytes.EMPTY, true));
        commands.put("delete-user", new AuthCommand.DeleteUser("bob"));
        commands.put("change-password", new AuthCommand.ChangePassword("bob", hash));
        commands.put("grant-role", new AuthCommand.GrantRole("bob", "role"));
        commands.put("revoke-role", new AuthCommand.RevokeRole("bob", "role"));
        commands.put("add-role", new AuthCommand.AddRole("role"));
        commands.put("delete-role", new AuthCommand.DeleteRole("role"));
        commands.put(
                "grant-permission",
                new AuthCommand.GrantPermission(
                        "role", new Permission(Permission.READ_WRITE, Bytes.utf8("a"), Bytes.utf8("m"))));
        commands.put(
                "revoke-permission",
                new AuthCommand.RevokePermission("role", Bytes.utf8("a"), Bytes.wrap(new byte[] {0})));
        commands.put("issue-token", new AuthCommand.IssueToken("bob", Bytes.utf8("digest"), 18));
        commands.put("keep-tokens", new AuthCommand.KeepTokens(List.of(Bytes.utf8("one"), Bytes.utf8("two"))));
        commands.put("drop-tokens", new AuthCommand.DropTokens(List.of(Bytes.utf8("one"))));
        return commands;
    }

    /// Compares of every target and relation, operations of every kind, a transaction within it.
    private static Txn txn() {
        var compares = List.of(
                new Compare(KEYS, Relation.EQUAL, new Target.Version(1)),
                new Compare(KEYS, Relation.GREATER, new Target.CreateRevision(2)),
                new Compare(KEYS, Relation.LESS, new Target.ModRevision(3)),
                new Compare(KEYS, Relation.NOT_EQUAL, new Target.Value(Bytes.utf8("v"))),
                new Compare(KEYS, Relation.EQUAL, new Target.Lease(LeaseId.of(5))),
                new Compare(KEYS, Relation.EQUAL, new Target.Version(0)));
        var within = new Txn(List.of(), List.of(Put.of(Bytes.utf8("deep"), Bytes.EMPTY)), List.of());
        return new Txn(
                compares,
                List.of(
                        new Range(
                                KEYS,
                                10,
                                11,
                                new Sort(Sort.Order.DESCEND, Sort.Target.MOD),
                                Detail.KEYS_ONLY,
                                new RevisionBounds(12, 13, 14, 15),
                                true),
                        Put.of(Bytes.utf8("k"), Bytes.utf8("v")),
                        within),
                List.of(new DeleteRange(KeyRange.single(Bytes.utf8("k")), false), Range.of(KeyRange.ALL)));
    }

    /// A transaction with a range of every order, target and detail.
    static Txn everyRange() {
        var ranges = new ArrayList<io.metastore.server.request.Operation>();
        for (var order : Sort.Order.values()) {
            for (var target : Sort.Target.values()) {
                for (var detail : Detail.values()) {
                    ranges.add(new Range(KEYS, 0, 0, new Sort(order, target), detail, RevisionBounds.NONE, false));
                }
            }
        }
        return new Txn(List.of(), ranges, List.of());
    }
}
