using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;

namespace Tradepost.App.Users.SignIns;

/// <summary>Finds out who sends a request, by its bearer token. It refuses nobody; the gate does, once the route is known.</summary>
internal static class Bearer
{
    public static void AddBearer(this IServiceCollection services)
    {
        // Not AddAuthentication: it brings data protection along, which keeps keys of its own in the user's home.
        services.AddAuthenticationCore(options => options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme);
        services.AddWebEncoders();
        services.AddSingleton<BearerEvents>();
        new AuthenticationBuilder(services).AddScheme<JwtBearerOptions, JwtBearerHandler>(
            JwtBearerDefaults.AuthenticationScheme,
            displayName: null,
            configureOptions: null
        );
        services
            .AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<AccessState>(
                (options, access) =>
                {
                    options.EventsType = typeof(BearerEvents);
                    options.TokenHandlers.Clear();
                    options.TokenHandlers.Add(access.Handler);
                    options.TokenValidationParameters = access.Rules;
                    options.SaveToken = false;
                    options.IncludeErrorDetails = false;
                }
            );
    }
}
