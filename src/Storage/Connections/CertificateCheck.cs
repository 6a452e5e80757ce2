using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Tradepost.Storage.Connections;

/// <summary>Says why a server's certificate is refused, where .NET says only that it was.</summary>
internal static class CertificateCheck
{
    /// <summary>Looks at the certificate that a server shows; why it is refused, or null when it is not.</summary>
    /// <param name="connection">To the server, at the point where TLS begins.</param>
    /// <param name="host">The name that it was asked for by.</param>
    /// <param name="authorities">A file with those that are trusted; null: those of the system.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<string?> ReasonAsync(Stream connection, string host, string? authorities, CancellationToken cancellationToken)
    {
        string? reason = null;
        var trusted = new X509Certificate2Collection();
        if (authorities is not null)
        {
            trusted.ImportFromPemFile(authorities);
        }

        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                reason = errors == SslPolicyErrors.None ? null : ReasonOf(certificate, chain, errors, host);
                return false; // nothing is said to the server
            },
            CertificateChainPolicy = authorities is null
                ? null
                : new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
        };
        options.CertificateChainPolicy?.CustomTrustStore.AddRange(trusted);
        await using var stream = new SslStream(connection, leaveInnerStreamOpen: true);
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellationToken);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // As was asked above, or the server ended it first.
        }

        return reason;
    }

    private static string ReasonOf(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, string? host)
    {
        if (certificate is null)
        {
            return "the server shows no certificate";
        }

        using var shown = new X509Certificate2(certificate);
        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return status switch
        {
            _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) =>
                $"the server's certificate holds from {shown.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to "
                    + $"{shown.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC, and not now",
            _ when status.HasFlag(X509ChainStatusFlags.Revoked) => "the server's certificate was revoked",
            _ when (
                    status
                    & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid)
                ) != X509ChainStatusFlags.NoError =>
                $"the server's certificate is signed by an authority that is not trusted here ({shown.Issuer}); name its file with "
                    + "sslrootcert",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
                $"the server's certificate is for {string.Join(", ", NamesOf(shown))}, not for {host}",
            _ => $"the server's certificate is refused ({status}, {errors})",
        };
    }

    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        var names = certificate
            .Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension =>
                extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))
            )
            .ToList();
        return names.Count > 0 ? names : [certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)];
    }
}
