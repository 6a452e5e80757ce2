using Tradepost.App.Users.SignIns;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Users;

public sealed class SignInThrottleTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void An_attacker_locks_out_only_themselves()
    {
        var throttle = new SignInThrottle(time);
        Fail(throttle, "anna", "attacker", SignInThrottle.MostForPair);

        throttle.Wait("anna", "attacker").ShouldBe(SignInThrottle.Window);
        throttle.Wait("anna", "home").ShouldBeNull();
    }

    [Fact]
    public void The_lock_opens_after_its_time()
    {
        var throttle = new SignInThrottle(time);
        Fail(throttle, "anna", "home", SignInThrottle.MostForPair);

        time.Advance(SignInThrottle.Window);

        throttle.Wait("anna", "home").ShouldBeNull();
    }

    [Fact]
    public void A_success_forgets_the_failures()
    {
        var throttle = new SignInThrottle(time);
        Fail(throttle, "anna", "home", SignInThrottle.MostForPair - 1);

        throttle.Succeeded("anna", "home");
        Fail(throttle, "anna", "home", SignInThrottle.MostForPair - 1);

        throttle.Wait("anna", "home").ShouldBeNull();
    }

    [Fact]
    public void An_e_mail_that_is_tried_from_everywhere_still_lets_in_who_has_been_there_before()
    {
        var throttle = new SignInThrottle(time);
        throttle.Succeeded("anna", "home");
        for (var i = 0; i < SignInThrottle.MostForEmail; i++)
        {
            throttle.Failed("anna", $"bot {i}");
        }

        throttle.Wait("anna", "another bot").ShouldNotBeNull();
        throttle.Wait("anna", "home").ShouldBeNull();
        throttle.Wait("ben", "another bot").ShouldBeNull();
    }

    [Fact]
    public void A_client_that_tries_one_password_on_many_e_mails_is_locked_out_of_all()
    {
        var throttle = new SignInThrottle(time);
        for (var i = 0; i < SignInThrottle.MostForClient; i++)
        {
            throttle.Failed($"user {i}", "sprayer");
        }

        throttle.Wait("anna", "sprayer").ShouldNotBeNull();
        throttle.Wait("anna", "home").ShouldBeNull();
    }

    private static void Fail(SignInThrottle throttle, string email, string client, int times)
    {
        for (var i = 0; i < times; i++)
        {
            throttle.Failed(email, client);
        }
    }
}
