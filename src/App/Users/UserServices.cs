using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Administration;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Users;

/// <summary>Everything about users that the server needs.</summary>
internal static class UserServices
{
    public static void AddUsers(this IServiceCollection services, int passwordIterations)
    {
        services.AddSingleton<UserTransactions>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Links>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<IAudit>(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<UserAdministration>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton(_ => new PasswordCheck(passwordIterations));
        services.AddSingleton<SignIn>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<AccessState>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessState>());
    }
}
