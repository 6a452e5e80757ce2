using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Hosting;

public sealed partial class ServeCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_prints_a_link_that_works_and_a_signal_stops_the_server_cleanly()
    {
        using var process = Tradepost.Start("serve", "--urls", "http://127.0.0.1:0");
        var (address, code) = ("", "");
        while (code.Length == 0 && await process.StandardError.ReadLineAsync(Cancellation) is { } line)
        {
            address = ListensOn().Match(line) is { Success: true } found ? found.Groups["address"].Value : address;
            code = Link().Match(line) is { Success: true } link ? link.Groups["code"].Value : "";
        }

        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var answer = await client.PostAsJsonAsync(
            "/api/v1/auth/link",
            new
            {
                code,
                email = "first@example.com",
                password = "four words make one",
            },
            Cancellation
        );
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString()]);
        var end = await TradepostProcess.FinishAsync(process);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        end.ShouldBe(new TradepostResult(130, "", "Stopped.\n"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "would send passwords and tokens readable over the network")]
    [InlineData("http://*:0", "would send passwords and tokens readable over the network")]
    [InlineData("https://127.0.0.1:0", "needs a certificate")]
    [InlineData("ftp://127.0.0.1", "--urls holds \"ftp://127.0.0.1\"")]
    [InlineData("nonsense", "--urls holds \"nonsense\"")]
    [InlineData("http://127.0.0.1:99999", "--urls holds \"http://127.0.0.1:99999\"")]
    public async Task An_address_that_is_not_safe_or_not_possible_is_refused(string urls, string reason)
    {
        var result = await Tradepost.RunAsync("serve", "--urls", urls);

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain(reason);
    }

    [Fact]
    public async Task An_encrypted_address_is_served_with_its_certificate()
    {
        TestCertificates.Write(folder.Path);
        var tradepost = Tradepost;
        tradepost.Environment["TRADEPOST_CERTIFICATE"] = folder.Combine("server.crt");
        tradepost.Environment["TRADEPOST_CERTIFICATE_KEY"] = folder.Combine("server.key");
        using var process = tradepost.Start("serve", "--urls", "https://0.0.0.0:0");
        var line = await process.StandardError.ReadLineAsync(Cancellation);
        var port = new Uri(ListensOn().Match(line!).Groups["address"].Value.Replace("0.0.0.0", "localhost")).Port;

        using var authority = X509CertificateLoader.LoadCertificateFromFile(folder.Combine("ca.crt"));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(authority);
        using var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync($"https://localhost:{port}/health/live", Cancellation);
        process.Kill();
        await process.WaitForExitAsync(Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeTrue();
    }

    public void Dispose() => folder.Dispose();

    [GeneratedRegex("listens on (?<address>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListensOn();

    [GeneratedRegex("/welcome#(?<code>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
