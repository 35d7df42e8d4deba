using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Http.Results;

/// <summary>
/// How many bytes the client's machine has acknowledged. The server itself sees progress only when the system takes the next bytes
/// from it, which can be a megabyte later: a slow client would seem to read nothing for minutes.
/// </summary>
internal static class TakenBytes
{
    // struct tcp_info in linux/tcp.h: tcpi_bytes_acked.
    private const int ProtocolTcp = 6;
    private const int TcpInfo = 11;
    private const int Offset = 120;
    private const int Length = Offset + sizeof(long);

    /// <summary>Returns always the same number where it is not known: elsewhere than on Linux.</summary>
    public static long Of(IFeatureCollection connection)
    {
        var info = new byte[Length];
        return OperatingSystem.IsLinux() && connection.Get<IConnectionSocketFeature>()?.Socket is { } socket && TryRead(socket, info)
            ? BinaryPrimitives.ReadInt64LittleEndian(info.AsSpan(Offset))
            : 0;
    }

    private static bool TryRead(Socket socket, byte[] info)
    {
        try
        {
            return socket.GetRawSocketOption(ProtocolTcp, TcpInfo, info) == Length;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has just been closed.
            return false;
        }
    }
}
