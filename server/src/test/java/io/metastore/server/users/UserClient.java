package io.metastore.server.users;

import com.google.protobuf.ByteString;
import etcdserverpb.AuthEnableRequest;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthRoleAddRequest;
import etcdserverpb.AuthRoleGrantPermissionRequest;
import etcdserverpb.AuthRoleRevokePermissionRequest;
import etcdserverpb.AuthStatusRequest;
import etcdserverpb.AuthUserAddRequest;
import etcdserverpb.AuthUserGetRequest;
import etcdserverpb.AuthUserGrantRoleRequest;
import etcdserverpb.AuthenticateRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;

/// A client of one member that can act for several users.
final class UserClient implements AutoCloseable {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final long PATIENCE_SECONDS = 20;

    private final ManagedChannel channel;

    UserClient(String endpoint) {
        channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
    }

    String authenticate(String user, String password) {
        return auth("").authenticate(AuthenticateRequest.newBuilder()
                        .setName(user)
                        .setPassword(password)
                        .build())
                .getToken();
    }

    /// Makes root, and a user who may use `key`, and switches auth on.
    void enable(String rootPassword, String user, String password, String key) {
        addUser("root", rootPassword, "root");
        auth("").roleAdd(AuthRoleAddRequest.newBuilder().setName("role").build());
        auth("").roleGrantPermission(permission(key));
        addUser(user, password, "role");
        auth("").authEnable(AuthEnableRequest.getDefaultInstance());
    }

    private void addUser(String user, String password, String role) {
        auth("").userAdd(AuthUserAddRequest.newBuilder()
                .setName(user)
                .setPassword(password)
                .build());
        auth("").userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                .setUser(user)
                .setRole(role)
                .build());
    }

    void grant(String token, String key) {
        auth(token).roleGrantPermission(permission(key));
    }

    void revoke(String token, String key) {
        auth(token)
                .roleRevokePermission(AuthRoleRevokePermissionRequest.newBuilder()
                        .setRole("role")
                        .setKey(ByteString.copyFromUtf8(key))
                        .build());
    }

    private static AuthRoleGrantPermissionRequest permission(String key) {
        return AuthRoleGrantPermissionRequest.newBuilder()
                .setName("role")
                .setPerm(authpb.Permission.newBuilder()
                        .setPermType(authpb.Permission.Type.READWRITE)
                        .setKey(ByteString.copyFromUtf8(key)))
                .build();
    }

    /// What comes of asking for one's own roles.
    Status whoAmI(String token, String user) {
        return outcome(() -> auth(token)
                .userGet(AuthUserGetRequest.newBuilder().setName(user).build()));
    }

    Status put(String token, String key) {
        return outcome(() -> KVGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(token)))
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .put(PutRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .build()));
    }

    long authRevision() {
        return auth("").authStatus(AuthStatusRequest.getDefaultInstance()).getAuthRevision();
    }

    private static Status outcome(Runnable call) {
        try {
            call.run();
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    private AuthGrpc.AuthBlockingStub auth(String token) {
        return AuthGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(token)))
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Without a token when it is empty.
    private static Metadata metadata(String token) {
        var metadata = new Metadata();
        if (!token.isEmpty()) {
            metadata.put(TOKEN, token);
        }
        return metadata;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
