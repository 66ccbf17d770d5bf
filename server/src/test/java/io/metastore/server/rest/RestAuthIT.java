package io.metastore.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import authpb.Permission;
import com.google.protobuf.ByteString;
import etcdserverpb.AuthEnableRequest;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthRoleAddRequest;
import etcdserverpb.AuthRoleGrantPermissionRequest;
import etcdserverpb.AuthUserAddRequest;
import etcdserverpb.AuthUserChangePasswordRequest;
import etcdserverpb.AuthUserGrantRoleRequest;
import etcdserverpb.AuthenticateRequest;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Users of the store over REST.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestAuthIT {
    private RestMember member;

    @BeforeAll
    void start() throws Exception {
        member = new RestMember("--bcrypt-cost=4");
        var auth = AuthGrpc.newBlockingStub(member.channel());
        for (var user : List.of("root", "alice", "bob")) {
            auth.userAdd(AuthUserAddRequest.newBuilder()
                    .setName(user)
                    .setPassword(user + "'s:word")
                    .build());
        }
        auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                .setUser("root")
                .setRole("root")
                .build());
        auth.roleAdd(AuthRoleAddRequest.newBuilder().setName("mine").build());
        auth.roleGrantPermission(AuthRoleGrantPermissionRequest.newBuilder()
                .setName("mine")
                .setPerm(Permission.newBuilder()
                        .setPermType(Permission.Type.READWRITE)
                        .setKey(ByteString.copyFromUtf8("mine/"))
                        .setRangeEnd(ByteString.copyFromUtf8("mine0")))
                .build());
        for (var user : List.of("alice", "bob")) {
            auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                    .setUser(user)
                    .setRole("mine")
                    .build());
        }
        auth.authEnable(AuthEnableRequest.getDefaultInstance());
    }

    @AfterAll
    void stop() {
        member.close();
    }

    private static String basic(String user, String password) {
        var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Test
    void whoSaysNothingIsAskedWhoHeIs() throws Exception {
        var answer = member.get("/mine/a");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValue("Basic realm=\"metastore\", charset=\"UTF-8\"");
        assertThat(cause(answer)).isEqualTo("etcdserver: user name is empty");
    }

    @Test
    void aUserDoesWhatHeMay() throws Exception {
        var alice = basic("alice", "alice's:word");

        assertThat(member.put("/mine/a", "1", "Authorization", alice).statusCode())
                .isEqualTo(204);
        assertThat(member.get("/mine/a", "Authorization", alice).body()).isEqualTo("1");
        for (var answer : List.of(
                member.put("/other", "1", "Authorization", alice),
                member.get("/other", "Authorization", alice),
                member.delete("/other", "Authorization", alice),
                member.get("/?prefix=", "Authorization", alice),
                member.get("/?prefix=m&watch", "Authorization", alice))) {
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(cause(answer)).isEqualTo("etcdserver: permission denied");
        }
        assertThat(member.put("/other", "1", "Authorization", basic("root", "root's:word"))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void aWrongPasswordIsRefusedAlsoOfNobody() throws Exception {
        for (var wrong : List.of(basic("alice", "wrong"), basic("nobody", "wrong"))) {
            var answer = member.get("/mine/a", "Authorization", wrong);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(cause(answer)).isEqualTo("etcdserver: authentication failed, invalid user ID or password");
        }
        for (var broken : List.of("Basic ***", "Basic " + Base64.getEncoder().encodeToString(new byte[] {'a'}))) {
            assertThat(member.get("/mine/a", "Authorization", broken).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void aTokenIsWorthItsUser() throws Exception {
        var token = token("alice");

        assertThat(member.put("/mine/t", "1", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(204);
        assertThat(member.put("/other", "1", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(403);
        assertThat(member.put("/mine/t", "1", "Authorization", "Bearer nothing.7")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anOldPasswordIsForgotten() throws Exception {
        var old = basic("bob", "bob's:word");
        assertThat(member.put("/mine/b", "1", "Authorization", old).statusCode())
                .isEqualTo(204);
        assertThat(member.put("/mine/b", "2", "Authorization", old).statusCode())
                .isEqualTo(204);

        var header = new Metadata();
        header.put(Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER), token("root"));
        AuthGrpc.newBlockingStub(member.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(header))
                .userChangePassword(AuthUserChangePasswordRequest.newBuilder()
                        .setName("bob")
                        .setPassword("new")
                        .build());

        assertThat(member.put("/mine/b", "3", "Authorization", old).statusCode())
                .isEqualTo(401);
        assertThat(member.put("/mine/b", "4", "Authorization", basic("bob", "new"))
                        .statusCode())
                .isEqualTo(204);
    }

    private String token(String user) {
        return AuthGrpc.newBlockingStub(member.channel())
                .authenticate(AuthenticateRequest.newBuilder()
                        .setName(user)
                        .setPassword(user + "'s:word")
                        .build())
                .getToken();
    }

    private static String cause(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-MetaStore-Error").orElse("");
    }
}
