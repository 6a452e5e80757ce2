using System.Reflection;
using Microsoft.AspNetCore.Http;
using Tradepost.App.Listening;

namespace Tradepost.App.Pages;

/// <summary>A file of the built page, with the compressed forms that the build has made of it.</summary>
internal sealed record PageFile(string Path, byte[] Content, byte[]? Brotli, byte[]? Gzip)
{
    private const string Folder = "Page/";

    /// <summary>All of them, by path.</summary>
    public static IReadOnlyDictionary<string, PageFile> All { get; } = ReadAll();

    // What stands under assets/ has the hash of its content in its name.
    private string CacheControl =>
        Path.StartsWith("assets/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";

    private string ContentType =>
        System.IO.Path.GetExtension(Path) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".html" => "text/html; charset=utf-8",
            var other => throw new InvalidOperationException($"The page has a file {Path}, and nobody has said what {other} is."),
        };

    public Task WriteAsync(HttpContext context)
    {
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        var (content, encoding) =
            Brotli is not null && accepted.Contains("br", StringComparison.Ordinal) ? (Brotli, "br")
            : Gzip is not null && accepted.Contains("gzip", StringComparison.Ordinal) ? (Gzip, "gzip")
            : (Content, null);
        context.Response.Headers.Vary = "Accept-Encoding";
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        return WriteAsync(context, content, ContentType, CacheControl);
    }

    public static Task WriteAsync(HttpContext context, byte[] content, string contentType, string cacheControl)
    {
        var response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = content.Length;
        response.Headers.ContentSecurityPolicy = SecurityHeaders.PagePolicy;
        response.Headers.CacheControl = cacheControl;
        return response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static Dictionary<string, PageFile> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToHashSet();
        byte[]? Read(string name)
        {
            if (!names.Contains(name))
            {
                return null;
            }

            using var stream = assembly.GetManifestResourceStream(name)!; // the name is of the assembly's own list
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }

        return names
            .Where(name => !name.EndsWith(".br", StringComparison.Ordinal) && !name.EndsWith(".gz", StringComparison.Ordinal))
            .ToDictionary(
                name => name[Folder.Length..],
                name => new PageFile(name[Folder.Length..], Read(name)!, Read($"{name}.br"), Read($"{name}.gz"))
            );
    }
}
