package io.headworks.core.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.headworks.api.diff.Bucket;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BucketDifferenceTest {

    @Test
    void bucketsDifferByHashByRowsAndByBeingThere() {
        BucketDifference found = BucketDifference.of(
                List.of(new Bucket(1, 5, 77), new Bucket(2, 5, 77), new Bucket(3, 5, 77), new Bucket(4, 1, 0)),
                List.of(new Bucket(2, 5, 78), new Bucket(1, 5, 77), new Bucket(3, 6, 77), new Bucket(5, 1, 0)));
        assertThat(found.different()).containsExactly(2, 3, 4, 5);
        assertThat(found.a()).isEqualTo(new BucketDifference.Side(16, 0));
    }

    @Test
    void rowsWithoutAKeyAreCountedApart() {
        BucketDifference found =
                BucketDifference.of(List.of(new Bucket(0, 2, 1), new Bucket(9, 1, 1)), List.of(new Bucket(9, 1, 1)));
        assertThat(found.different()).isEmpty();
        assertThat(found.a()).isEqualTo(new BucketDifference.Side(3, 2));
        assertThat(found.b()).isEqualTo(new BucketDifference.Side(1, 0));
    }

    @Test
    void bucketsAreAPrimeThatGrowsWithTheRows() {
        assertThat(BucketCount.of(0L, 10L)).isEqualTo(61);
        assertThat(BucketCount.of(null, 5_000_000L)).isBetween(78_125, 78_200);
        assertThat(BucketCount.of(Long.MAX_VALUE, null)).isBetween(130_000, 130_100);
        assertThat(BucketCount.of(null, null)).isBetween(15_625, 15_660);
        assertThat(BigInteger.valueOf(BucketCount.of(123_456_789L, null)).isProbablePrime(50))
                .isTrue();
    }
}
