package io.metastore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import authpb.Permission;
import authpb.UserAddOptions;
import com.google.protobuf.ByteString;
import etcdserverpb.AuthEnableRequest;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthRoleAddRequest;
import etcdserverpb.AuthRoleGetRequest;
import etcdserverpb.AuthRoleGrantPermissionRequest;
import etcdserverpb.AuthRoleListRequest;
import etcdserverpb.AuthStatusRequest;
import etcdserverpb.AuthUserAddRequest;
import etcdserverpb.AuthUserGetRequest;
import etcdserverpb.AuthUserGrantRoleRequest;
import etcdserverpb.AuthUserListRequest;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// The users, roles and rights of a server that holds what `users.db` does, see `record.sh` beside that file.
///
/// @param client that is root, or nobody while nobody is asked
record StateUsers(StateClient client) {
    private static final String ROOT = "root";
    private static final String ROOT_PASSWORD = "rootpw";

    static StateClient root(StateClient anybody) {
        return anybody.as(ROOT, ROOT_PASSWORD);
    }

    /// Makes all of them and switches them on. From then on `client` is nobody.
    void make() {
        Map.of(ROOT, ROOT_PASSWORD, "bob", "bobpw", "carol", "carolpw")
                .forEach((name, password) -> auth().userAdd(AuthUserAddRequest.newBuilder()
                        .setName(name)
                        .setPassword(password)
                        .build()));
        auth().userAdd(AuthUserAddRequest.newBuilder()
                .setName("machine")
                .setOptions(UserAddOptions.newBuilder().setNoPassword(true))
                .build());
        for (var role : new String[] {"readers", "writers", "nothing"}) {
            auth().roleAdd(AuthRoleAddRequest.newBuilder().setName(role).build());
        }
        grant("readers", Permission.Type.READ, "a", "m");
        grant("readers", Permission.Type.READ, "shared", "");
        grant("writers", Permission.Type.READWRITE, "k", "l");
        grant("writers", Permission.Type.WRITE, "x", "\0");
        Map.of(ROOT, ROOT, "bob", "readers", "carol", "writers", "machine", "writers")
                .forEach((user, role) -> auth().userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                        .setUser(user)
                        .setRole(role)
                        .build()));
        auth().authEnable(AuthEnableRequest.getDefaultInstance());
    }

    /// Everything that is told of them, in a way that two servers can be compared by.
    String all() {
        var status = auth().authStatus(AuthStatusRequest.getDefaultInstance());
        var lines = new ArrayList<String>();
        lines.add("enabled " + status.getEnabled() + " revision " + status.getAuthRevision());
        for (var user :
                auth().userList(AuthUserListRequest.getDefaultInstance()).getUsersList()) {
            lines.add("user " + user + " "
                    + auth().userGet(AuthUserGetRequest.newBuilder()
                                    .setName(user)
                                    .build())
                            .getRolesList());
        }
        for (var role :
                auth().roleList(AuthRoleListRequest.getDefaultInstance()).getRolesList()) {
            var permissions =
                    auth().roleGet(AuthRoleGetRequest.newBuilder().setRole(role).build());
            for (var permission : permissions.getPermList()) {
                lines.add("role " + role + " " + permission.getPermType() + " "
                        + permission.getKey().toStringUtf8() + " to "
                        + permission.getRangeEnd().toStringUtf8());
            }
        }
        return String.join("\n", lines);
    }

    /// With the old passwords and no others everybody may do what he might, and no more.
    static void assertRightsHold(StateClient anybody) {
        assertRefused(() -> anybody.get("a"), "etcdserver: user name is empty");
        assertRefused(
                () -> anybody.as("bob", "carolpw"), "etcdserver: authentication failed, invalid user ID or password");
        assertThat(catchThrowableOfType(StatusRuntimeException.class, () -> anybody.as("machine", "")))
                .isNotNull();

        root(anybody).put("shared", "by root");
        var bob = anybody.as("bob", "bobpw");
        assertThat(bob.get("shared")).isEqualTo("by root");
        assertRefused(() -> bob.put("shared", "by bob"), "etcdserver: permission denied");
        assertRefused(() -> bob.get("m"), "etcdserver: permission denied");

        var carol = anybody.as("carol", "carolpw");
        carol.put("k1", "by carol");
        carol.put("zz", "by carol");
        assertThat(carol.get("k1")).isEqualTo("by carol");
        assertRefused(() -> carol.get("zz"), "etcdserver: permission denied");
        assertRefused(carol::hash, "etcdserver: permission denied");
    }

    private static void assertRefused(ThrowingCallable call, String text) {
        var refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.getStatus().getDescription()).isEqualTo(text);
    }

    private void grant(String role, Permission.Type kind, String from, String end) {
        auth().roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                .setName(role)
                .setPerm(Permission.newBuilder()
                        .setPermType(kind)
                        .setKey(ByteString.copyFromUtf8(from))
                        .setRangeEnd(ByteString.copyFromUtf8(end)))
                .build());
    }

    private AuthGrpc.AuthBlockingStub auth() {
        return AuthGrpc.newBlockingStub(client.channel());
    }
}
