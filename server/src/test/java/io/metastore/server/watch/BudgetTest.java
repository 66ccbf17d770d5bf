package io.metastore.server.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    void aStreamMayHoldAQuarterOfWhatIsFreeWithinItsBounds() {
        var budget = new Budget(new WatchSettings.Memory(1000, 200, 50));

        assertThat(budget.allowance()).isEqualTo(200);

        budget.charge(600);

        assertThat(budget.allowance()).isEqualTo(100);

        budget.charge(500);

        assertThat(budget.allowance()).isEqualTo(50);

        budget.release(1100);

        assertThat(budget.allowance()).isEqualTo(200);
        assertThat(budget.used()).isZero();
    }

    @Test
    void anyNumberOfStuckStreamsHoldLittleMoreThanTheTotal() {
        var budget = new Budget(new WatchSettings.Memory(1_000_000, 100_000, 100));
        int streams = 1000;
        for (int i = 0; i < streams; i++) {
            budget.charge(budget.allowance());
        }

        assertThat(budget.used()).isLessThanOrEqualTo(1_000_000 + streams * 100L);
    }

    @Test
    void boundsThatContradictEachOtherAreRefused() {
        assertThatThrownBy(() -> new WatchSettings.Memory(10, 20, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5, 20, 10");
    }
}
