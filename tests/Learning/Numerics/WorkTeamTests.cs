using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Numerics;

/// <summary>Workers that have waited so long for each other that they sleep.</summary>
public sealed class WorkTeamTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Those_who_wait_for_a_late_worker_go_on_when_it_comes_again_and_again()
    {
        using var team = new WorkTeam(3);
        using var never = new ManualResetEventSlim();
        var (before, after) = (new int[3], new int[3]);

        for (var late = 0; late < 3; late++)
        {
            team.Run(worker =>
            {
                if (worker == late)
                {
                    never.Wait(Long);
                }

                before[worker]++;
                team.Meet();
                after[worker] += before.Sum();
                team.Meet();
            });
        }

        after.ShouldBe([18, 18, 18]);
    }

    [Fact]
    public void A_worker_that_fails_late_ends_the_waiting_of_the_others()
    {
        using var team = new WorkTeam(3);
        using var never = new ManualResetEventSlim();

        var thrown = Should.Throw<InvalidOperationException>(() =>
            team.Run(worker =>
            {
                if (worker == 1)
                {
                    never.Wait(Long);
                    throw new ArithmeticException("late");
                }

                team.Meet();
            })
        );

        thrown.InnerException.ShouldBeOfType<ArithmeticException>();
    }

    [Fact]
    public void Each_part_is_done_once_and_running_allocates_nothing()
    {
        using var team = new WorkTeam(3);
        var (done, workers) = (new int[100], new int[100]);
        Action<int, int> work = (part, worker) => (done[part], workers[part]) = (done[part] + 1, worker);
        team.Run(done.Length, work);

        var before = GC.GetAllocatedBytesForCurrentThread();
        team.Run(done.Length, work);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        done.ShouldAllBe(times => times == 2);
        workers.ShouldAllBe(worker => worker >= 0 && worker < 3);
        allocated.ShouldBe(0);
    }

    [Fact]
    public void A_part_that_fails_is_thrown_to_the_caller()
    {
        using var team = new WorkTeam(2);

        var thrown = Should.Throw<InvalidOperationException>(() => team.Run(10, (part, _) =>
            {
                if (part == 5)
                {
                    throw new ArithmeticException("fifth");
                }
            }));

        thrown.InnerException.ShouldBeOfType<ArithmeticException>();
    }
}
