using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Listening;

/// <summary>The certificate for https, with those above it, from PEM files.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private readonly X509Certificate2 certificate;
    private readonly X509Certificate2Collection chain = [];

    private ServerCertificate(string certificateFile, string keyFile)
    {
        certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        chain.ImportFromPemFile(certificateFile);
    }

    /// <summary>The certificate that the settings name; null when they name none.</summary>
    public static ServerCertificate? Find(Settings settings)
    {
        if (settings.FindPath(SettingNames.Certificate) is not { } file)
        {
            return null;
        }

        var key = settings.FindPath(SettingNames.CertificateKey)
            ?? throw new ConfigurationException(SettingNames.CertificateKey, $"is not set; it names the private key of {file}.");
        try
        {
            return new ServerCertificate(file, key);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(SettingNames.Certificate, $"{file} with the key {key} cannot be used: {e.Message}", e);
        }
    }

    public void Use(ListenOptions options) =>
        options.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ServerCertificateChain = chain;
        });

    /// <summary>Whether it names a host.</summary>
    public bool IsFor(string host) => Uri.CheckHostName(host) != UriHostNameType.Unknown && certificate.MatchesHostname(host);

    public void Dispose()
    {
        certificate.Dispose();
        foreach (var above in chain)
        {
            above.Dispose();
        }
    }
}
