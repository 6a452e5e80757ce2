using System.Security.Authentication;
using Npgsql;
using Tradepost.Storage.Connections;

namespace Tradepost.Storage;

/// <summary>Why a PostgreSQL server cannot be connected to, in words that say what to do.</summary>
internal static class PostgresFailures
{
    /// <summary>Whether a later try may succeed: a certificate that is refused will be refused again.</summary>
    public static bool IsPassing(Exception failure) => failure is NpgsqlException { IsTransient: true } && !IsOfCertificate(failure);

    public static bool IsOfCertificate(Exception? failure) =>
        failure is AuthenticationException || (failure is not null && IsOfCertificate(failure.InnerException));

    public static string ReasonOf(Exception failure) =>
        $"{failure.GetBaseException().Message.Trim().TrimEnd('.')}. Check that the server runs and that {SettingNames.DatabaseUrl} names "
        + "it.";

    public static async Task<StoreUnavailableException> OfCertificateAsync(
        PostgresUrl url,
        Exception failure,
        CancellationToken cancellationToken
    ) =>
        new(
            $"{url.Description} could not be reached: "
                + $"{await url.CertificateRefusalAsync(cancellationToken) ?? failure.GetBaseException().Message.Trim().TrimEnd('.')}.",
            failure
        );
}
