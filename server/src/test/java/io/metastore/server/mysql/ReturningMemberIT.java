package io.metastore.server.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReturningMemberIT {
    private static final int TENTH_VERSION_OF_THE_PROTOCOL = 10;
    private static final int LENGTH_AND_NUMBER = 4;

    @Test
    void nobodyIsGreetedBeforeTheMemberIsReady() throws Exception {
        try (var member = MysqlMember.returning();
                var early = new Socket(InetAddress.getLoopbackAddress(), member.port())) {
            early.setSoTimeout(300);
            assertThatThrownBy(() -> early.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            member.ready();

            early.setSoTimeout(10_000);
            early.getInputStream().readNBytes(LENGTH_AND_NUMBER);
            assertThat(early.getInputStream().read()).isEqualTo(TENTH_VERSION_OF_THE_PROTOCOL);
        }
    }
}
