using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Connections;

public sealed class CertificateCheckTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 authority = Authority();

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task A_good_certificate_is_taken()
    {
        (await RefusalAsync(Server(Now.AddDays(-1), Now.AddDays(1)), authority, "db.example.com")).ShouldBeNull();
    }

    [Fact]
    public async Task An_expired_certificate_says_when_it_held()
    {
        var refusal = await RefusalAsync(Server(Now.AddDays(-9), Now.AddDays(-2)), authority, "db.example.com");

        refusal.ShouldBe(
            FormattableString.Invariant(
                $"the server's certificate holds from {Now.AddDays(-9):yyyy-MM-dd HH:mm} to {Now.AddDays(-2):yyyy-MM-dd HH:mm} UTC, and not now"
            )
        );
    }

    [Fact]
    public async Task An_unknown_authority_is_named()
    {
        using var other = Authority();

        (await RefusalAsync(Server(Now.AddDays(-1), Now.AddDays(1)), other, "db.example.com")).ShouldBe(
            "the server's certificate is signed by an authority that is not trusted here (CN=Tests); name its file with sslrootcert"
        );
    }

    [Fact]
    public async Task Another_name_is_shown_beside_those_that_it_is_for() =>
        (await RefusalAsync(Server(Now.AddDays(-1), Now.AddDays(1)), authority, "db.example.org")).ShouldBe(
            "the server's certificate is for db.example.com, 127.0.0.1, not for db.example.org"
        );

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    private X509Certificate2 Server(DateTimeOffset from, DateTimeOffset to)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=db", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("db.example.com");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, from, to, [1]);
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>What a client that trusts an authority says to a server's certificate.</summary>
    private static async Task<string?> RefusalAsync(X509Certificate2 shown, X509Certificate2 trusted, string host)
    {
        using var certificate = shown;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        using var accepted = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var server = new SslStream(accepted.GetStream());
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Combine("ca.crt"), trusted.ExportCertificatePem(), TestContext.Current.CancellationToken);
        var answering = server.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = certificate },
            TestContext.Current.CancellationToken
        );
        var reason = await CertificateCheck.ReasonAsync(
            client.GetStream(),
            host,
            folder.Combine("ca.crt"),
            TestContext.Current.CancellationToken
        );
        client.Close();
        await Record.ExceptionAsync(() => answering); // the look ends the handshake, now or after its end
        return reason;
    }
}
